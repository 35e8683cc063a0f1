import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';

/**
 * What the network makes small, over the whole data set and without the ridge, at its present weights. Of squared error objective (1) of
 * Golkar et al. 2020, `(1/T) Σ_t ‖y_t − W2 z_t‖²`, the sum being taken in float64; of another loss its mean; of a rule that predicts no
 * labels its own objective: see `Network.objective`.
 *
 * @throws InputError for samples of another shape, and without labels, where these are learned
 */
export function objective(network: Network, samples: Samples): number {
  return network.objective(samples);
}
