import { createNetwork, type NetworkOptions, type Samples } from '@apical/core';
import type { Repeatable } from './repeated.ts';

/** Learning with apical, one sample after the other in the order of the data set, over and over, as a thing that can be repeated. */
export async function learning(options: NetworkOptions, samples: Samples): Promise<Repeatable> {
  const network = await createNetwork(options);
  network.learnSamples(samples, new Uint32Array()); // only places the data set in the kernels' memory
  let position = 0;
  return (times) => {
    const numbers = Uint32Array.from({ length: times }, (_, i) => (position + i) % samples.count);
    position = (position + times) % samples.count;
    const start = performance.now();
    network.learnSamples(samples, numbers);
    return (performance.now() - start) / 1000;
  };
}
