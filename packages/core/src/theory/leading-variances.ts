import { Matrix, QrDecomposition } from 'ml-matrix';
import type { Samples } from '../samples.ts';
import { diagonalise } from './eigen.ts';
import { firstInputs } from './first-samples.ts';

/** Products with the covariance. */
const products = 12;

/**
 * The largest eigenvalues of ⟨x xᵀ⟩ of the first thousand samples, descending, in float64, by iterating a subspace: none is more than the
 * true one.
 *
 * @param wanted how many, at most m
 */
export function leadingVariances(samples: Samples, wanted: number): Float64Array {
  const X = firstInputs(samples);
  const size = Math.min(wanted, X.columns);
  // The first samples are a start in the space that they span; unit vectors make it one of full rank.
  let basis = new Matrix(X.columns, size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < X.columns; i++) basis.set(i, j, (j < X.rows ? X.get(j, i) : 0) + (i === j ? 1e-6 : 0));
  }
  const transposed = X.transpose();
  let image = basis;
  for (let i = 0; i < products; i++) {
    basis = new QrDecomposition(image).orthogonalMatrix.subMatrix(0, X.columns - 1, 0, size - 1);
    image = transposed.mmul(X.mmul(basis)).div(X.rows);
  }
  return diagonalise(basis.transpose().mmul(image)).eigenvalues;
}
