import { expect, test } from 'vitest';
import { createNetwork, RandomStream } from '../src/index.ts';
import { initialWeights } from '../src/network/initial-weights.ts';
import { randomOrthogonal } from '../src/network/orthogonal.ts';
import { rates } from './fixtures.ts';

/** A Aᵀ − I of the rows, or Aᵀ A − I where there are more rows than columns: its largest entry. */
function deviation(data: ArrayLike<number>, rows: number, cols: number): number {
  const [count, length] = [Math.min(rows, cols), Math.max(rows, cols)];
  const at = (i: number, j: number) => (rows <= cols ? data[i * cols + j]! : data[j * cols + i]!);
  let largest = 0;
  for (let a = 0; a < count; a++) {
    for (let b = 0; b < count; b++) {
      let sum = a === b ? -1 : 0;
      for (let j = 0; j < length; j++) sum += at(a, j) * at(b, j);
      largest = Math.max(largest, Math.abs(sum));
    }
  }
  return largest;
}

test.each([
  [1, 1],
  [5, 9],
  [9, 5],
  [40, 40],
])('%i × %i: all singular values are 1, to rounding', (rows, cols) => {
  for (let seed = 0; seed < 5; seed++) {
    const matrix = randomOrthogonal({ rows, cols }, new RandomStream(seed, 'test'));
    expect(deviation(matrix, rows, cols)).toBeLessThan(1e-14);
  }
});

test('every direction is as likely as any other: entries have the mean 0 and the variance 1/n, and 3/(n (n + 2)) is the mean of their fourth powers', () => {
  const [n, times] = [4, 2000];
  const stream = new RandomStream(1, 'test');
  const moments = [1, 2, 4].map(() => new Float64Array(n * n));
  for (let time = 0; time < times; time++) {
    for (const [i, value] of randomOrthogonal({ rows: n, cols: n }, stream).entries()) {
      for (const [m, power] of [1, 2, 4].entries()) moments[m]![i]! += value ** power / times;
    }
  }
  const variances = [1 / n, 3 / (n * (n + 2)) - 1 / n ** 2, 105 / (n * (n + 2) * (n + 4) * (n + 6))];
  for (const [m, expected] of [0, 1 / n, 3 / (n * (n + 2))].entries()) {
    for (const mean of moments[m]!) {
      expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(variances[m]! / times));
    }
  }
});

test('weights start as such a matrix times the factor, by the seed and their name', async () => {
  const start = { orthogonal: 2 };
  const matrix = initialWeights('W1', { rows: 6, cols: 11 }, start, 3);
  expect(
    deviation(
      matrix.data.map((value) => value / 2),
      6,
      11,
    ),
  ).toBeLessThan(1e-6);
  expect(initialWeights('W1', { rows: 6, cols: 11 }, start, 3)).toEqual(matrix);
  expect(initialWeights('W1', { rows: 6, cols: 11 }, start, 4)).not.toEqual(matrix);
  const settings = { hidden: [6, 5], activation: 'tanh' } as const;
  const network = await createNetwork({
    ...{ rule: 'backprop', inputs: 11, labels: 3, ...settings, seed: 3, initial: { W: start } },
    rates: rates('backprop', { eta0: 0.1 }, settings),
  });
  expect(network.weights().W1).toEqual(matrix);
});
