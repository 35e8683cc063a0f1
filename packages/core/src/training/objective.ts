import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';

/**
 * Objective (1) of Golkar et al. 2020, `(1/T) Σ_t ‖y_t − W2 z_t‖²`, over the whole data set and without the ridge, at the
 * network's present weights; the sum is taken in float64.
 *
 * @throws InputError for samples of another shape, and without labels
 */
export function objective(network: Network, samples: Samples): number {
  return network.totalLoss(samples) / samples.count;
}
