import { type Matrix as DoubleMatrix, EigenvalueDecomposition, Matrix } from 'ml-matrix';

/**
 * The eigenvalues of a positive semidefinite matrix, descending, and the unit eigenvector of each. Of a matrix with numbers
 * that are not finite (of a network that diverged), all are NaN.
 */
export function diagonalise(matrix: DoubleMatrix): { eigenvalues: Float64Array; eigenvectors: number[][] } {
  const size = matrix.rows;
  if (!matrix.to1DArray().every(Number.isFinite)) {
    const nothing = () => Array.from({ length: size }, () => Number.NaN);
    return { eigenvalues: Float64Array.from(nothing()), eigenvectors: Array.from({ length: size }, nothing) };
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, index) => index).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  return {
    eigenvalues: Float64Array.from(order, (index) => Math.max(0, realEigenvalues[index]!)),
    eigenvectors: order.map((index) => eigenvectorMatrix.getColumn(index)),
  };
}

/** An eigenvalue below this part of the largest is zero, up to rounding. */
const negligible = 1e-12;

/** How many eigenvalues of a positive semidefinite matrix are not zero, up to rounding. */
export function rankOf(matrix: DoubleMatrix): number {
  const { eigenvalues } = diagonalise(matrix);
  return eigenvalues.filter((value) => value > negligible * eigenvalues[0]!).length;
}

/** A^p of a positive semidefinite matrix, through its eigenvectors; of a negative p, that of its pseudo-inverse; of 0, the projector onto its range. */
export function symmetricPower(matrix: DoubleMatrix, p: number): DoubleMatrix {
  const { eigenvalues, eigenvectors } = diagonalise(matrix);
  const V = new Matrix(eigenvectors);
  const scaled = new Matrix(
    eigenvectors.map((vector, i) => {
      const value = eigenvalues[i]!;
      const power = value > negligible * eigenvalues[0]! || p > 0 ? value ** p : 0;
      return vector.map((v) => power * v);
    }),
  );
  return V.transpose().mmul(scaled);
}
