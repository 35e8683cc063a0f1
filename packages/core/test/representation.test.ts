import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  DivergenceError,
  type Matrix,
  type Network,
  type NetworkOptions,
  type Samples,
} from '../src/index.ts';
import { randomSamples, rates } from './fixtures.ts';

// Each representation is compared with the plain one: the same algebra, so the same weights up to rounding. Where learning
// itself makes a rounding grow (rates near the limit of stability, a unit whose current is zero but for rounding), that cannot
// be told; such cases are found by learning once more from weights that differ by a rounding, and left out. A unit can slip
// through that, so the seed of the cases is fixed.

/**
 * The largest difference of any weight matrix from the other's, as a part of the other's largest entry; of 0.01, where all are
 * smaller: such entries are what large numbers that cancel have left.
 */
function difference(actual: Record<string, Matrix>, expected: Record<string, Matrix>): number {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  const parts = Object.entries(expected).map(([name, { data }]) => {
    const largest = data.reduce((most, value) => Math.max(most, Math.abs(value)), 0.01);
    return data.reduce((most, value, i) => {
      const error = Math.abs((actual[name]?.data[i] ?? Number.NaN) - value) / largest;
      return error <= most ? most : error;
    }, 0);
  });
  return Math.max(...parts);
}

/** Learns plainly; and whether another start, a rounding away, leads to the same weights. */
async function learnPlainly(options: NetworkOptions, samples: Samples, numbers: Uint32Array) {
  const plain = await createNetwork(options);
  const weights = Object.fromEntries(
    Object.entries(plain.weights()).map(([name, matrix]) => [
      name,
      { ...matrix, data: matrix.data.map((value, i) => value * (1 + (i % 2 ? 2e-7 : -2e-7))) },
    ]),
  );
  const shifted = await createNetwork({ ...options, weights });
  try {
    plain.learnSamples(samples, numbers);
    shifted.learnSamples(samples, numbers);
  } catch (error) {
    if (error instanceof DivergenceError) return { plain, steady: false };
    throw error;
  }
  return { plain, steady: difference(shifted.weights(), plain.weights()) < 3e-5 };
}

const shapes = fc.record({
  inputs: fc.integer({ min: 1, max: 40 }),
  labels: fc.integer({ min: 2, max: 9 }),
  hidden: fc.integer({ min: 1, max: 21 }),
  zeros: fc.constantFrom(0, 0.5, 0.9, 1),
  scaled: fc.boolean(),
  seed: fc.integer({ min: 0, max: 1000 }),
});

describe.each(['bmvr', 'backprop'] as const)('%s', (rule) => {
  test('active cells learn as all cells do, over thousands of samples, from slow rates to the fastest', async () => {
    const circuits = fc.record({
      meanRate: fc.constantFrom(undefined, 1e-6, 1e-3, 0.05),
      decoupled: fc.boolean(),
      eta0: fc.constantFrom(1e-7, 1e-4, 0.01, 0.1, 1),
      t0: fc.constantFrom(10, 1e5),
    });
    await fc.assert(
      fc.asyncProperty(shapes, circuits, async (shape, { meanRate, decoupled, eta0, t0 }) => {
        const { inputs, labels, hidden, seed } = shape;
        const samples = randomSamples(seed, { count: 40, ...shape });
        const options: NetworkOptions = {
          ...{ rule, inputs, labels, hidden, seed, activation: 'relu' },
          ...{ initial: { W1: { normal: 0.3 } }, decoupled: decoupled && rule === 'bmvr' },
          rates: { ...rates(rule, { eta0, t0 }), W1: { eta0: Math.min(eta0, 0.003), t0 } },
          ...(meanRate !== undefined && { meanRate }),
        };
        const numbers = Uint32Array.from({ length: 2500 }, (_, i) => (7 * i) % 40);
        const { plain, steady } = await learnPlainly({ ...options, activityRepresentation: 'plain' }, samples, numbers);
        fc.pre(steady);
        const active = await createNetwork({ ...options, activityRepresentation: 'active' });
        active.learnSamples(samples, numbers);
        expect(difference(active.weights(), plain.weights())).toBeLessThan(1e-4);
        expect(difference({ z: result(active, samples) }, { z: result(plain, samples) })).toBeLessThan(1e-4);
      }),
      { numRuns: 100, endOnFailure: true, seed: 7 },
    );
  });
});

/** What the network expects for each sample. */
function result(network: Network, { pixels, inputs }: Samples): Matrix {
  const X = Array.from(pixels, (pixel) => pixel / 100);
  return { rows: X.length / inputs, cols: network.labels, data: network.predict(X) };
}
