import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalQuantile } from './normal.ts';

// statistics.NormalDist().inv_cdf(p) of Python 3.11.
const python: readonly (readonly [number, number])[] = [
  [2 ** -53, -8.209536151601386],
  [1e-15, -7.941345326170995],
  [1e-12, -7.034483825301132],
  [1e-11, -6.706023155495136],
  [1.3e-11, -6.66761145651074],
  [1e-8, -5.61200124417479],
  [1e-5, -4.2648907939228256],
  [0.001, -3.090232306167813],
  [0.01, -2.3263478740408408],
  [0.025, -1.9599639845400538],
  [0.07, -1.4757910281791702],
  [0.075, -1.4395314709384557],
  [0.0750001, -1.4395307645017297],
  [0.1, -1.2815515655446008],
  [0.2, -0.8416212335729142],
  [0.25, -0.6744897501960817],
  [0.3, -0.5244005127080407],
  [0.4, -0.2533471031357998],
  [0.45, -0.125661346855074],
  [0.499999, -2.5066282745665597e-6],
  [0.6, 0.2533471031357998],
  [0.8, 0.8416212335729144],
  [0.925, 1.439531470938456],
  [0.9250001, 1.4395321773759004],
  [0.975, 1.9599639845400536],
  [0.999, 3.090232306167813],
  [0.999999, 4.753424308817089],
  [0.999999999999, 7.0344869100478356],
  [1 - 2 ** -53, 8.209536151601386],
];

test("the values of Python's standard library", () => {
  for (const [p, deviate] of python) {
    expect(Math.abs(normalQuantile(p) - deviate)).toBeLessThanOrEqual(1e-15 * Math.abs(deviate));
  }
});

test('is odd about a half, and grows', () => {
  expect(normalQuantile(0.5)).toBe(0);
  // Multiples of 2^-30, so that 1 − p is exact.
  const probability = fc.integer({ min: 1, max: 2 ** 30 - 1 }).map((n) => n * 2 ** -30);
  fc.assert(
    fc.property(probability, probability, (p, q) => {
      expect(normalQuantile(1 - p)).toBe(p === 0.5 ? 0 : -normalQuantile(p));
      if (p < q) expect(normalQuantile(p)).toBeLessThan(normalQuantile(q));
    }),
  );
});
