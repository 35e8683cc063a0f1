import { Matrix as DoubleMatrix } from 'ml-matrix';
import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { diagonalise } from './eigen.ts';
import { hiddenMoments, weight } from './hidden-activity.ts';
import { explainedEigenvalues } from './least-squares.ts';

/** How far a linear network is from saturation; each is zero at the optimum. */
export interface Saturation {
  /** `‖W1 (Cxx + λI) W1ᵀ − I‖ / √k` */
  readonly constraint: number;
  /** `‖QQᵀ − (W1 Cxy)(W1 Cxy)ᵀ‖ / ‖Λ‖` */
  readonly multiplier: number;
  /** `‖eigenvalues of QQᵀ − Λ‖ / ‖Λ‖` */
  readonly eigenvalues: number;
}

/**
 * Saturation, (18) of Golkar et al. 2020: at the optimum the constraint holds with equality, and the multiplier is
 * `QQᵀ = U M Uᵀ`, with `M = F Fᵀ`, `F = (Cxx + λI)^(−1/2) Cxy`, and U (k × m) its first k eigenvectors, whose eigenvalues are Λ.
 *
 * The hidden units know U only up to a rotation O: at the optimum `W1 = O U (Cxx + λI)^(−1/2)`, and `QQᵀ = O U M Uᵀ Oᵀ`.
 * Three distances that no rotation of the hidden units (W1 → O W1, Q → O Q) changes are taken instead:
 *
 * - `O U M Uᵀ Oᵀ = (O U F)(O U F)ᵀ = (W1 Cxy)(W1 Cxy)ᵀ`: seen through W1 itself, both sides turn with the hidden units.
 *   It also holds at saddle points, where the rows of U are other eigenvectors of M.
 * - The eigenvalues of QQᵀ are to be Λ, the largest of M. That is not so at saddle points.
 * - `W1 (Cxx + λI) W1ᵀ` is to be I.
 *
 * All three are zero at the optimum only: by the third, `W1 = B (Cxx + λI)^(−1/2)` with `B Bᵀ = I`; by the others, B M Bᵀ has the
 * k largest eigenvalues of M, which by Ky Fan's theorem requires that the rows of B span their eigenvectors.
 *
 * Norms are Frobenius norms. Where k is more than n, Λ goes on with zeros.
 *
 * @returns a function that reads the network at the time when it is called
 * @throws InputError where Cxx + λI is singular
 */
export async function createSaturation(network: Network, samples: Samples): Promise<() => Saturation> {
  const { hidden } = network;
  const largest = new Float64Array(hidden);
  largest.set((await explainedEigenvalues(samples, network.ridge)).subarray(0, hidden));
  const size = norm(largest);
  return () => {
    const Q = weight(network.weights(), 'Q');
    const { zz, zy } = hiddenMoments(network, samples);
    const multiplier = Q.mmul(Q.transpose());
    const { eigenvalues } = diagonalise(multiplier);
    return {
      constraint: DoubleMatrix.sub(zz, DoubleMatrix.eye(hidden)).norm('frobenius') / Math.sqrt(hidden),
      multiplier: DoubleMatrix.sub(multiplier, zy.mmul(zy.transpose())).norm('frobenius') / size,
      eigenvalues: norm(eigenvalues.map((value, i) => value - largest[i]!)) / size,
    };
  };
}

function norm(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}
