import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  DivergenceError,
  type Matrix,
  type Network,
  type NetworkOptions,
  type Numbers,
  RandomStream,
  type Samples,
} from '../src/index.ts';
import { expand, randomSamples, rates, relativeError, toRows } from './fixtures.ts';
import { readingOf, teach } from './readings.ts';

// Each representation is compared with the plain one: the same algebra, so the same weights up to rounding. A network learns
// for long in one representation; now and then a plain one starts from its weights, and both go on for a while. Over longer times
// no two roundings need to agree: where a unit's current is zero but for rounding, one may count it as active and the other not.

/**
 * The largest difference of any weight matrix from the other's, as a part of the other's largest entry; of 0.01, where all are
 * smaller: such entries are what large numbers that cancel have left.
 */
function difference(actual: Record<string, Numbers>, expected: Record<string, Numbers>): number {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  const parts = Object.entries(expected).map(([name, { data }]) => {
    const values = Array.from(data);
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0.01);
    return values.reduce((most, value, i) => {
      const error = Math.abs((actual[name]?.data[i] ?? Number.NaN) - value) / largest;
      return error <= most ? most : error;
    }, 0);
  });
  return Math.max(...parts);
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
    });
    await fc.assert(
      fc.asyncProperty(shapes, circuits, async (shape, { meanRate, decoupled, eta0 }) => {
        const { inputs, labels, hidden, seed } = shape;
        const samples = randomSamples(seed, { count: 40, ...shape });
        const options: NetworkOptions = {
          ...{ rule, inputs, labels, hidden, seed, activation: 'relu' },
          ...{ initial: { W1: { normal: 0.3 } }, decoupled: decoupled && rule === 'bmvr' },
          rates: { ...rates(rule, { eta0 }), W1: { eta0: Math.min(eta0, 0.003) } },
          ...(meanRate !== undefined && { meanRate }),
        };
        const active = await createNetwork({ ...options, activityRepresentation: 'active' });
        for (const stretch of [0, 300, 700, 20, 1200]) {
          if (!learns(active, samples, active.samplesSeen, stretch)) return;
          const from = active.samplesSeen;
          const plain = await createNetwork({
            ...{ ...options, weights: active.weights() },
            activityRepresentation: 'plain',
          });
          if (!learns(plain, samples, from, 40)) return;
          expect(learns(active, samples, from, 40)).toBe(true);
          expect(difference(active.weights(), plain.weights())).toBeLessThan(1e-4);
          expect(difference({ y: expected(active, samples) }, { y: expected(plain, samples) })).toBeLessThan(1e-4);
        }
      }),
      { numRuns: 60, endOnFailure: true, seed: 6 },
    );
  });
});

describe.each([
  { zeros: 0, kind: 'dense' },
  { zeros: 0.97, kind: 'with few chunks that are not zero' },
  { zeros: 1, kind: 'all zero' },
])('inputs of bytes that are $kind', ({ zeros }) => {
  test.each([1, 2, 3, 4, 5, 8, 9])(
    'teach %i units as the same numbers do, bit for bit however calls are cut',
    async (hidden) => {
      const samples = randomSamples(20 + hidden, { count: 60, inputs: 48, labels: 4, zeros, scaled: true });
      const options: NetworkOptions = {
        ...{ rule: 'bmvr', inputs: 48, labels: 4, hidden, ridge: 0.1, seed: 1 },
        rates: rates('bmvr', { eta0: 0.003 }),
      };
      const [whole, cut, floats] = [
        await createNetwork(options),
        await createNetwork(options),
        await createNetwork(options),
      ];
      const numbers = Uint32Array.from({ length: 9000 }, (_, i) => (7 * i) % 60);
      // Later Q passes a saddle, from nearly zero, where every rounding grows: float64 is left alike by both.
      whole.learnSamples(samples, numbers.subarray(0, 1500));
      const { X, Y } = expand(samples);
      for (const number of numbers.subarray(0, 1500)) floats.learn(X[number] ?? [], Y[number] ?? []);
      expect(difference(floats.weights(), whole.weights())).toBeLessThan(1e-4);
      whole.learnSamples(samples, numbers.subarray(1500));
      for (let first = 0, part = 1; first < numbers.length; first += part, part = (part % 7) + 1) {
        cut.learnSamples(samples, numbers.subarray(first, first + part));
        if (first % 11 === 0) cut.restore(cut.snapshot());
      }
      expect(cut.snapshot()).toEqual(whole.snapshot());
    },
  );
});

test.each([1, 2, 3, 4, 5, 8, 9])(
  '%i units learn dense bytes, few bytes and numbers in turn as they learn the same numbers alone',
  async (hidden) => {
    const sets = [0, 0.97].map((zeros) =>
      randomSamples(40 + hidden, { count: 60, inputs: 48, labels: 4, zeros, scaled: true }),
    );
    const options: NetworkOptions = {
      ...{ rule: 'bmvr', inputs: 48, labels: 4, hidden, ridge: 0.1, seed: 1 },
      rates: rates('bmvr', { eta0: 0.003 }),
    };
    const [mixed, alone] = [await createNetwork(options), await createNetwork(options)];
    for (let turn = 0, first = 0; turn < 60; turn++, first += 11) {
      const numbers = Uint32Array.from({ length: 1 + (turn % 13) }, (_, i) => (7 * (first + i)) % 60);
      for (const samples of sets) {
        const { X, Y } = expand(samples);
        mixed.learnSamples(samples, numbers);
        for (const number of numbers) alone.learn(X[number] ?? [], Y[number] ?? []);
        for (const network of [mixed, alone]) network.learn(X[turn] ?? [], Y[turn] ?? []);
      }
    }
    expect(difference(mixed.weights(), alone.weights())).toBeLessThan(1e-4);
  },
);

describe('synapses to many labels', () => {
  const shapes = fc.record({
    hidden: fc.integer({ min: 3, max: 11 }),
    more: fc.integer({ min: 0, max: 20 }),
    ridge: fc.constantFrom(1e-6, 0.1, 3),
    eta0: fc.constantFrom(1e-7, 1e-3, 0.03, 0.3),
    oneHot: fc.boolean(),
    seed: fc.integer({ min: 0, max: 1000 }),
  });

  test('learn from their error, which is not computed, as its float64 reading does, at any rate and for any labels', async () => {
    await fc.assert(
      fc.asyncProperty(shapes, async ({ hidden, more, ridge, eta0, oneHot, seed }) => {
        const labels = Math.max(hidden, Math.ceil(64 / hidden)) + more;
        const random = randomSamples(seed, { count: 30, inputs: 12, labels });
        const stream = new RandomStream(seed, 'labels');
        const samples = oneHot ? random : { ...random, targets: random.targets.map(() => stream.normal()) };
        const { X, Y } = expand(samples);
        const options: NetworkOptions = {
          ...{ rule: 'backprop', inputs: 12, labels, hidden, ridge, seed },
          rates: { ...rates('backprop', { eta0 }), W1: { eta0: Math.min(eta0, 0.01) } },
          initial: { W1: { normal: 0.1 }, W2: { normal: 0.3 } },
        };
        const network = await createNetwork(options);
        for (const stretch of [0, 300, 8000]) {
          if (!learns(network, samples, network.samplesSeen, stretch)) return;
          const reading = readingOf(network);
          const from = network.samplesSeen;
          for (let t = 0; t < 40; t++) {
            const number = (7 * (from + t)) % 30;
            teach(reading, [X[number]!], [Y[number]!]);
          }
          if (!learns(network, samples, from, 40)) return;
          expect(difference(network.weights(), reading.weights())).toBeLessThan(1e-4);
        }
      }),
      { numRuns: 30, endOnFailure: true, seed: 6 },
    );
  });

  test('have the same bits however calls are cut, and after snapshots', async () => {
    const samples = randomSamples(3, { count: 60, inputs: 48, labels: 30, zeros: 0 });
    const options: NetworkOptions = {
      ...{ rule: 'backprop', inputs: 48, labels: 30, hidden: 3, ridge: 0.1, seed: 1 },
      rates: rates('backprop', { eta0: 0.003 }),
    };
    const [whole, cut] = [await createNetwork(options), await createNetwork(options)];
    const numbers = Uint32Array.from({ length: 9000 }, (_, i) => (7 * i) % 60);
    whole.learnSamples(samples, numbers);
    for (let first = 0, part = 1; first < numbers.length; first += part, part = (part % 7) + 1) {
      cut.learnSamples(samples, numbers.subarray(first, first + part));
      if (first % 11 === 0) cut.restore(cut.snapshot());
      if (first % 13 === 0) cut.weights();
    }
    expect(cut.snapshot()).toEqual(whole.snapshot());
  });
});

/** Learns so many samples of an endless sequence; whether the weights have stayed of a size at which roundings do. */
function learns(network: Network, samples: Samples, from: number, count: number): boolean {
  try {
    network.learnSamples(
      samples,
      Uint32Array.from({ length: count }, (_, i) => (7 * (from + i)) % samples.count),
    );
  } catch (error) {
    if (error instanceof DivergenceError) return false;
    throw error;
  }
  return Object.values(network.weights()).every(({ data }) => data.every((value) => Math.abs(value) < 30));
}

/** What the network expects for each sample. */
function expected(network: Network, samples: Samples): Matrix {
  return { rows: samples.count, cols: network.labels, data: network.predictSamples(samples, 0, samples.count) };
}

describe.each([0, 0.97, 1])('of inputs of bytes, a part of %d of which is zero,', (zeros) => {
  test.each([3, 16, 37, 64])(
    '%i at a time, the predictions are W2 W1 x, and no sample changes those of another',
    async (inputs) => {
      const samples = randomSamples(5, { count: 23, inputs, labels: 4, zeros, scaled: true });
      const network = await createNetwork({
        ...{ rule: 'backprop', inputs, labels: 4, hidden: 5, seed: 2 },
        ...{ initial: { W1: { normal: 0.3 }, W2: { normal: 0.3 } }, rates: rates('backprop', { eta0: 0.01 }) },
      });
      const [W1, W2] = ['W1', 'W2'].map((name) => toRows(network.weights()[name]!.data, network.weights()[name]!.cols));
      const times = (matrix: number[][], x: number[]) =>
        matrix.map((row) => row.reduce((sum, w, i) => sum + w * x[i]!, 0));
      const expected = expand(samples).X.flatMap((x) => times(W2!, times(W1!, x)));
      const predicted = network.predict(samples);
      expect(relativeError(predicted, expected)).toBeLessThan(1e-5);
      for (let t = 0; t < samples.count; t++) {
        expect(network.predictSamples(samples, t, 1)).toEqual(predicted.slice(4 * t, 4 * t + 4));
      }
    },
  );
});
