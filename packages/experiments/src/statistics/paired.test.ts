import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pairedDifference } from './paired.ts';

// Student's own data (Biometrika 6, 1908, section IX): hours of sleep gained by two drugs, in ten patients. Mean 1.58, t = 4.06.
const drugs: [number, number][] = [
  [1.9, 0.7],
  [0.8, -1.6],
  [1.1, -0.2],
  [0.1, -1.2],
  [-0.1, -0.1],
  [4.4, 3.4],
  [5.5, 3.7],
  [1.6, 0.8],
  [4.6, 0.0],
  [3.4, 2.0],
];

test('Student’s sleep data: the mean, and the interval that every textbook has for them', () => {
  const { mean, sd, interval, differences } = pairedDifference(drugs, 0.95);
  expect(mean).toBeCloseTo(1.58, 12);
  expect(mean / (sd / Math.sqrt(10))).toBeCloseTo(4.0621, 4);
  expect(interval?.[0]).toBeCloseTo(0.7001142, 6);
  expect(interval?.[1]).toBeCloseTo(2.4598858, 6);
  expect(differences).toHaveLength(10);
});

test('what is common to both of a pair does not matter; the interval is around the mean, and wider for more confidence', () => {
  const value = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value, value), { minLength: 2, maxLength: 20 }), (rows) => {
      const alone = pairedDifference(rows.map(([a, b]) => [a, b]));
      const shifted = pairedDifference(rows.map(([a, b, shift]) => [a + shift, b + shift]));
      expect(shifted).toEqual(alone);
      const [low, high] = alone.interval ?? [Number.NaN, Number.NaN];
      expect((low + high) / 2).toBeCloseTo(alone.mean, 8);
      const wide = pairedDifference(
        rows.map(([a, b]) => [a, b]),
        0.99,
      ).interval ?? [0, 0];
      expect(wide[1] - wide[0]).toBeGreaterThanOrEqual(high - low);
    }),
  );
});

test('one pair has no interval', () => {
  expect(pairedDifference([[3, 1]])).toEqual({ mean: 2, sd: Number.NaN, interval: null, differences: [2] });
});
