import { classesOf } from '../check-samples.ts';
import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';

/**
 * The share of the samples, from 0 to 1, whose class the network finds at its present weights: `network.score`, beside
 * `objective`.
 *
 * @throws InputError for samples of another shape, without classes, and where there are none
 */
export function accuracy(network: Network, samples: Samples): number {
  classesOf(samples, 'the accuracy');
  return network.score(samples);
}
