import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quantile, relativeError, summarise } from '../src/statistics.ts';

test('the quantiles of 0 … n, in any order, are where they lie', () => {
  const count = fc.integer({ min: 0, max: 40 });
  fc.assert(
    fc.property(count, fc.double({ min: 0, max: 1, noNaN: true }), (n, share) => {
      const values = Array.from({ length: n + 1 }, (_, i) => (7 * i) % (n + 1));
      fc.pre(new Set(values).size === n + 1);
      expect(quantile(values, share)).toBeCloseTo(share * n, 9);
    }),
  );
});

test('the median and the quartiles of few values', () => {
  expect(summarise([5])).toEqual({ median: 5, quartiles: [5, 5] });
  expect(summarise([4, 1])).toEqual({ median: 2.5, quartiles: [1.75, 3.25] });
  expect(summarise([10, 9, 1, 2, 1000])).toEqual({ median: 9, quartiles: [2, 10] });
});

test('the relative error is the largest difference over the largest entry', () => {
  expect(relativeError([1, -4, 2.5], [1, -5, 2])).toBe(0.2);
  expect(relativeError([0, 0], [0, 0])).toBe(0);
  expect(relativeError([1], [1, 1])).toBeNaN();
  expect(relativeError([Number.NaN], [1])).toBeNaN();
});
