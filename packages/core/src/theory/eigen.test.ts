import { Matrix as DoubleMatrix } from 'ml-matrix';
import { expect, test } from 'vitest';
import { diagonalise } from './eigen.ts';

test('eigenvalues descend, and each has its eigenvector', () => {
  const matrix = new DoubleMatrix([
    [1, 0, 0],
    [0, 5, 4],
    [0, 4, 5],
  ]);
  const { eigenvalues, eigenvectors } = diagonalise(matrix);
  for (const [i, expected] of [9, 1, 1].entries()) {
    expect(eigenvalues[i]).toBeCloseTo(expected, 12);
    const vector = DoubleMatrix.columnVector(eigenvectors[i]!);
    expect(vector.norm('frobenius')).toBeCloseTo(1, 12);
    expect(DoubleMatrix.sub(matrix.mmul(vector), DoubleMatrix.mul(vector, expected)).norm('max')).toBeLessThan(1e-12);
  }
});

test('of a matrix that is not finite there are none', () => {
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
    const { eigenvalues } = diagonalise(
      new DoubleMatrix([
        [1, bad],
        [bad, 1],
      ]),
    );
    expect([...eigenvalues]).toEqual([Number.NaN, Number.NaN]);
  }
});
