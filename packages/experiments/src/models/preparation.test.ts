import { expect, test } from 'vitest';
import { preparation } from './preparation.ts';

test.each([
  [0.0038, '(p − 0.0038) / 2'],
  [-0.0038, '(p + 0.0038) / 2'],
  [0, '(p − 0) / 2'],
  [-1 / 3, '(p + 0.333333) / 2'],
])('what a mean of %d takes from inputs is told with one sign', (mean, words) => {
  expect(preparation({ mean, sd: 2 })).toBe(`inputs: ${words}, the mean and standard deviation of what was learned`);
});
