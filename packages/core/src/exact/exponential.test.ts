import { expect, test } from 'vitest';
import { exponential } from './exponential.ts';

test('it is exp, to two units in the last place', () => {
  for (let x = -700; x <= 700; x += 0.7391) {
    expect(Math.abs(exponential(x) / Math.exp(x) - 1), `${x}`).toBeLessThan(3 * Number.EPSILON);
  }
  expect(exponential(0)).toBe(1);
});
