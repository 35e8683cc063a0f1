import fc from 'fast-check';
import { Matrix as DoubleMatrix, inverse } from 'ml-matrix';
import { expect, test } from 'vitest';
import { covariance, gaussianSamples, signals } from '../../test/theory-fixtures.ts';
import { leastSquaresResiduals } from './least-squares.ts';

test('what is left of the labels has no correlation with the inputs but that of the ridge', async () => {
  const sizes = fc.record({
    seed: fc.nat(1e6),
    count: fc.integer({ min: 100, max: 600 }),
    inputs: fc.integer({ min: 1, max: 9 }),
    labels: fc.constantFrom(1, 2, 5, 81),
    ridge: fc.constantFrom(0, 0.1, 2),
  });
  await fc.assert(
    fc.asyncProperty(sizes, async ({ seed, ridge, ...size }) => {
      const samples = gaussianSamples(seed, size);
      const { X, Y } = signals(samples);
      const withRidge = covariance(X, X).add(DoubleMatrix.eye(size.inputs).mul(ridge));
      const expected = DoubleMatrix.sub(Y, X.mmul(inverse(withRidge)).mmul(covariance(X, Y)));
      const residuals = await leastSquaresResiduals(samples, ridge);
      const actual = DoubleMatrix.from1DArray(size.count, size.labels, residuals);
      expect(DoubleMatrix.sub(actual, expected).norm('max')).toBeLessThan(1e-9);
    }),
    { numRuns: 25 },
  );
});
