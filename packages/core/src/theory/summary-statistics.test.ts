import { expect, test } from 'vitest';
import { summaryNames, summaryOf } from './summary-statistics.ts';

test('is that of the numbers 0 to 10, in any order', () => {
  const values = Float32Array.of(7, 0, 10, 3, 2, 9, 1, 8, 4, 6, 5);
  expect(summaryOf(values)).toEqual({
    mean: 5,
    deviation: Math.sqrt(10),
    smallest: 0,
    'lower-decile': 1,
    'lower-quartile': 2.5,
    median: 5,
    'upper-quartile': 7.5,
    'upper-decile': 9,
    largest: 10,
  });
  expect(Object.keys(summaryOf(values))).toEqual(summaryNames);
  expect(values[0]).toBe(7);
});

test('of one number, all but the deviation are that number', () => {
  const { deviation, ...others } = summaryOf(Float32Array.of(3));
  expect(deviation).toBe(0);
  expect(new Set(Object.values(others))).toEqual(new Set([3]));
});

test.each([[[Number.NaN, 1]], [[]]])('of %j all is NaN', (values) => {
  for (const value of Object.values(summaryOf(Float32Array.from(values)))) expect(value).toBeNaN();
});
