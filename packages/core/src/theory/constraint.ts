import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { diagonalise } from './eigen.ts';
import { hiddenMoments } from './hidden-activity.ts';

/**
 * The k eigenvalues of `E z zᵀ`, descending: the gain in each direction of hidden activity. BMVR's constraint `E z zᵀ ⪯ I`
 * holds where none is above 1, and is saturated where all are 1 (Golkar et al. 2020, 3 and 18). E is the mean over the samples
 * and, in networks with a ridge, over the input noise of variance λ under which they learn: of linear networks these are the
 * eigenvalues of W1 (Cxx + λI) W1ᵀ. Other rules have no such constraint; their spectrum is for comparison.
 *
 * @throws InputError for samples of another shape, and where there are none
 */
export function constraintSpectrum(network: Network, samples: Samples): Float64Array {
  return diagonalise(hiddenMoments(network, samples).zz).eigenvalues;
}
