import type { Circuit } from '../../circuit/circuit.ts';
import { productScratchBytes } from '../../kernels/product-kernels.ts';

/** Bytes, a multiple of 16, for all products of blocks of so many samples; or only for those of what some synapses do. */
export function scratchBytes(circuit: Circuit, capacity: number, synapses = circuit.allSynapses): number {
  const sizes = synapses.map(({ pre, post }) =>
    Math.max(productScratchBytes(post.size, pre.size, capacity), productScratchBytes(pre.size, post.size, capacity)),
  );
  return 16 * Math.ceil(Math.max(1, ...sizes) / 16);
}
