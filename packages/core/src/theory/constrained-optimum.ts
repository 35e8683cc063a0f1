import { Matrix as DoubleMatrix } from 'ml-matrix';
import { checkLabelled } from '../check-samples.ts';
import { InputError } from '../errors.ts';
import type { Samples } from '../samples.ts';
import { diagonalise, symmetricPower } from './eigen.ts';
import { labelCovariance } from './second-moments.ts';
import { explainedCovariance, whiten } from './whitening.ts';

/**
 * The least loss that constrained predictive coding can have with its radius ρ, one linear hidden layer and conductances 1: with the true
 * label clamped and the state at rest,
 *
 *     L*(ρ) = ½ [Tr Cyy − Σ_{i ≤ k} max(λ_i, 0)],    K = [[E, E^½ R^½], [R^½ E^½, R − ρ I]]
 *
 * with E = Cyx (Cxx + λI)⁻¹ Cxy, what least squares explains of the labels, R = Cyy − E what it leaves, and λ_i the eigenvalues of K,
 * descending. For ρ → ∞ it is half of BMVR's optimum (1), for ρ → 0 the label is merely encoded. In float64.
 *
 * @param options.hidden k, 1 or more. @param options.radius ρ, more than 0
 * @param options.ridge λ, 0 or more: small, where some inputs are linear combinations of others
 * @throws InputError as `optimum`
 */
export async function constrainedOptimum(
  samples: Samples,
  options: { readonly hidden: number; readonly radius: number; readonly ridge?: number; readonly signal?: AbortSignal },
): Promise<number> {
  const { hidden, radius, ridge = 0, signal } = options;
  checkLabelled(samples, 'the optimum');
  if (!(Number.isInteger(hidden) && hidden >= 1)) {
    throw new InputError(`hidden is ${hidden}, but must be a whole number, 1 or more`);
  }
  if (!(radius > 0 && radius < Number.POSITIVE_INFINITY)) {
    throw new InputError(`radius is ${radius}, but must be a number more than 0`);
  }
  const { rows, labelPower } = await whiten(samples, ridge, signal);
  const explained = explainedCovariance(rows);
  const left = labelCovariance(samples).sub(explained);
  const { eigenvalues } = diagonalise(beside(explained, left, radius));
  return (labelPower - eigenvalues.subarray(0, hidden).reduce((sum, each) => sum + each, 0)) / 2;
}

/** K */
function beside(explained: DoubleMatrix, left: DoubleMatrix, radius: number): DoubleMatrix {
  const n = explained.rows;
  const corner = symmetricPower(explained, 1 / 2).mmul(symmetricPower(left, 1 / 2));
  const K = DoubleMatrix.zeros(2 * n, 2 * n);
  K.setSubMatrix(explained, 0, 0);
  K.setSubMatrix(corner, 0, n);
  K.setSubMatrix(corner.transpose(), n, 0);
  K.setSubMatrix(DoubleMatrix.sub(left, DoubleMatrix.eye(n).mul(radius)), n, n);
  return K;
}
