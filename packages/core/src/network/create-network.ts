import { instantiateKernels } from '../kernels/kernels.ts';
import { checkMemory, createMemory } from '../kernels/memory.ts';
import { Network } from './network.ts';
import { type NetworkOptions, planNetwork } from './options.ts';

/**
 * Makes a network with the initial weights that the options say.
 *
 * @throws InputError for an unknown rule, sizes that are not positive integers, layers, outputs, losses and parameters that the rule
 *   cannot have, rates that are missing, not positive, or not finite, a ridge where there can be none, names of synapses that the
 *   rule does not have, weights of another shape or that are not finite, a memory that `createMemory` has not made, and `fused` where the
 *   engine cannot
 */
export async function createNetwork(options: NetworkOptions): Promise<Network> {
  const blueprint = planNetwork(options);
  const memory = options.memory ?? createMemory();
  checkMemory(memory);
  return new Network(options, blueprint, await instantiateKernels(memory, options.fused === true), memory);
}
