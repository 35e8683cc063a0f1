import { expect, test } from 'vitest';
import { moments } from './moments.ts';

test('the standard deviation is that of a sample, over n − 1', () => {
  const { mean, sd } = moments([2, 4, 4, 4, 5, 5, 7, 9]);
  expect(mean).toBe(5);
  expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 14);
});

test('equal values have that mean, and no deviation', () => {
  expect(moments([0.95, 0.95, 0.95])).toEqual({ mean: 0.95, sd: 0 });
  expect(moments([Number.POSITIVE_INFINITY, 1])).toMatchObject({ mean: Number.POSITIVE_INFINITY });
});

test('one value has no standard deviation, none has no mean', () => {
  expect(moments([0.3])).toEqual({ mean: 0.3, sd: Number.NaN });
  expect(moments([])).toEqual({ mean: Number.NaN, sd: Number.NaN });
});
