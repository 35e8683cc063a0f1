import { expect, test } from 'vitest';
import { randomSamples } from '../src/images.ts';
import { meanInputs, shortestTime, trafficOf } from '../src/parts/traffic.ts';

test('a dense sample of backprop loads and stores every weight once, and W2 once more on the way back', () => {
  const [m, k, n] = [100, 3, 10];
  expect(trafficOf({ rule: 'backprop', m, k }, n, m, 1)).toEqual({
    loads: m + 4 * (m * k + 2 * n * k),
    stores: 4 * (m * k + n * k),
    operations: 4 * m * k + 6 * n * k,
    weights: 4 * (m * k + n * k),
  });
});

test('what takes longest is the shortest time, at the rates of the memory that holds the weights', () => {
  const rates = {
    memory: [
      { bytes: 1000, loads: 1e9, stores: 1e9 },
      { bytes: 10_000, loads: 1e6, stores: 1e6 },
    ],
    operations: 1e9,
  };
  expect(shortestTime({ loads: 2000, stores: 1000, operations: 10, weights: 500 }, rates)).toBeCloseTo(2);
  expect(shortestTime({ loads: 2000, stores: 1000, operations: 5000, weights: 500 }, rates)).toBeCloseTo(5);
  expect(shortestTime({ loads: 2000, stores: 1000, operations: 10, weights: 99_999 }, rates)).toBeCloseTo(2000);
});

test('inputs are counted in chunks of four', () => {
  const samples = { ...randomSamples(2, 6), raw: Uint8Array.of(0, 0, 0, 0, 1, 0, 0, 9, 0, 0, 0, 0) };
  expect(meanInputs(samples)).toBe(4);
  expect(meanInputs(randomSamples(3, 8))).toBe(8);
});
