import { type FixedSynapses, weightName } from '../circuit/synapses.ts';

/** The name of the learning rate that synapses have. */
export function rateOf({ name, options }: FixedSynapses<string, string>): string {
  return options.rateOf ?? weightName(name);
}
