import { InputError } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { studentQuantile } from './student-t.ts';

// Abramowitz and Stegun, Handbook of Mathematical Functions, Table 26.10: quantiles of both tails together.
test.each([
  [1, 0.975, 12.706],
  [2, 0.975, 4.303],
  [3, 0.975, 3.182],
  [4, 0.975, 2.776],
  [5, 0.975, 2.571],
  [9, 0.975, 2.262],
  [10, 0.975, 2.228],
  [29, 0.975, 2.045],
  [30, 0.975, 2.042],
  [120, 0.975, 1.98],
  [1, 0.95, 6.314],
  [4, 0.95, 2.132],
  [1, 0.995, 63.657],
  [4, 0.995, 4.604],
  [10, 0.995, 3.169],
  [60, 0.995, 2.66],
])('%i degrees of freedom, %f: %f, as published', (degrees, p, published) => {
  expect(studentQuantile(p, degrees)).toBeCloseTo(published, 3);
});

test('one and two degrees of freedom have closed forms', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (p) => {
      expect(studentQuantile(p, 1)).toBeCloseTo(Math.tan(Math.PI * (p - 0.5)), 9);
      const a = 4 * p * (1 - p);
      expect(studentQuantile(p, 2)).toBeCloseTo(2 * (p - 0.5) * Math.sqrt(2 / a), 9);
    }),
  );
});

test('it is symmetric, ascends with the share, and comes near the normal distribution', () => {
  expect(studentQuantile(0.5, 7)).toBeCloseTo(0, 12);
  for (const degrees of [1, 2, 3, 8, 31]) {
    expect(studentQuantile(0.1, degrees)).toBe(-studentQuantile(0.9, degrees));
    expect(studentQuantile(0.9, degrees)).toBeLessThan(studentQuantile(0.91, degrees));
  }
  expect(studentQuantile(0.975, 100_000)).toBeCloseTo(1.95996, 4);
});

test.each([
  [0, 1],
  [1, 1],
  [Number.NaN, 1],
  [0.9, 0],
  [0.9, 1.5],
])('p = %d with %d degrees of freedom is refused', (p, degrees) => {
  expect(() => studentQuantile(p, degrees)).toThrow(InputError);
});
