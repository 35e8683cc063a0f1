import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNetwork, type Matrix, type NetworkOptions } from '../src/index.ts';
import { expand, normals, randomSamples, rates, relativeError, ridgeRules, smallOptions, toRows } from './fixtures.ts';
import { isBounded, readingOf, teach, worstError } from './readings.ts';

const rows = ({ data, cols }: Matrix) => toRows(data, cols);

/** A x for each x. */
const products = (A: readonly number[][], X: readonly number[][]) =>
  X.map((x) => A.map((row) => row.reduce((sum, a, i) => sum + a * x[i]!, 0)));

describe.each(ridgeRules)('%s', (rule) => {
  const options = smallOptions(rule, { seed: 5 });

  test('transform is W1 x, predict is W2 W1 x, squaredError their distance from the labels', async () => {
    const samples = randomSamples(9, { count: 20 });
    const { X, Y } = expand(samples);
    const network = await createNetwork({ ...options, initial: { W1: { normal: 1 }, W2: { normal: 1 } } });
    network.learnSamples(samples, Uint32Array.of(3, 1, 4, 1, 5));
    const { W1, W2 } = network.weights() as { W1: Matrix; W2: Matrix };
    const z = products(rows(W1), X);
    const predicted = products(rows(W2), z);
    expect(relativeError(network.transform(X.flat()), z.flat())).toBeLessThan(1e-5);
    expect(relativeError(network.predict(X.flat()), predicted.flat())).toBeLessThan(1e-5);
    const error = predicted.flat().reduce((sum, value, i) => sum + (value - (Y.flat()[i] ?? Number.NaN)) ** 2, 0);
    expect(network.totalLoss(samples) / error).toBeCloseTo(1, 5);
  });

  test('agrees with its float64 reading on any shape and nonlinearity, from bytes and from floats', async () => {
    const shapes = fc.record({
      inputs: fc.integer({ min: 1, max: 19 }),
      labels: fc.integer({ min: 1, max: 9 }),
      hidden: fc.integer({ min: 1, max: 11 }),
      circuit: fc.constantFrom<Partial<NetworkOptions>>(
        {},
        { ridge: 0.1 },
        { ridge: 0.7 },
        { activation: 'relu' },
        { activation: 'relu', meanRate: 0.05 },
        { activation: 'tanh' },
        { activation: 'tanh', meanRate: 0.3 },
      ),
      decoupled: fc.boolean(),
      eta0: fc.constantFrom(1e-4, 0.003, 0.02),
      zeros: fc.constantFrom(0, 0.5, 0.9, 1),
      scaled: fc.boolean(),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ inputs, labels, hidden, circuit, decoupled, eta0, zeros, scaled, seed }) => {
        const samples = randomSamples(seed, { count: 30, inputs, labels, zeros, scaled });
        const { X, Y } = expand(samples);
        const initial = { W1: { normal: 0.3 }, ...(decoupled && rule === 'bmvr' && { R: { normal: 0.3 } }) };
        const made: NetworkOptions = {
          ...{ rule, inputs, labels, hidden, seed, initial, ...circuit, rates: rates(rule, { eta0, t0: 40 }) },
          decoupled: decoupled && rule === 'bmvr',
        };
        const [bytes, floats] = [await createNetwork(made), await createNetwork(made)];
        const reading = readingOf(bytes);
        teach(reading, X, Y);
        fc.pre(isBounded(reading));
        bytes.learnSamples(samples, Uint32Array.from(X.keys()));
        floats.partialFit(X.flat(), Y.flat());
        expect(worstError(bytes, reading)).toBeLessThan(1e-4);
        expect(worstError(floats, reading)).toBeLessThan(1e-4);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    { hidden: 3, labels: 4 },
    { hidden: 3, labels: 24 },
    { hidden: 5, labels: 31 },
  ])(
    'stays with its reading across rebasings, and where the ridge and decay act as strongly as they can: $hidden units, $labels labels',
    async ({ hidden, labels }) => {
      const initial = { W1: { normal: 0.3 }, W2: { normal: 0.6 / Math.sqrt(labels) } };
      const samples = randomSamples(11, { count: 200, inputs: 9, labels });
      const { X, Y } = expand(samples);
      for (const [eta0, ridge, steps] of [
        [0.01, 0.1, 8_500],
        [0.1, 4, 60],
      ] as const) {
        const made = {
          rule,
          inputs: 9,
          labels,
          hidden,
          ridge,
          seed: 1,
          initial,
          rates: rates(rule, { eta0, t0: 5000 }),
        };
        const [bytes, floats] = [await createNetwork(made), await createNetwork(made)];
        const reading = readingOf(bytes);
        const numbers = Uint32Array.from({ length: steps }, (_, t) => t % 200);
        for (const t of numbers) teach(reading, [X[t]!], [Y[t]!]);
        bytes.learnSamples(samples, numbers);
        for (const t of numbers) floats.learn(X[t]!, Y[t]!);
        expect(worstError(bytes, reading), `η ${eta0}, bytes`).toBeLessThan(2e-4);
        expect(worstError(floats, reading), `η ${eta0}, numbers`).toBeLessThan(2e-4);
      }
    },
  );

  test('stays with its reading where rates have become so small that float32 alone would lose what they add', async () => {
    const samples = randomSamples(12, { count: 100, inputs: 3, labels: 2 });
    const { X, Y } = expand(samples);
    const network = await createNetwork({
      ...{ rule, inputs: 3, labels: 2, hidden: 1, ridge: 0.1, seed: 2, rates: rates(rule, { eta0: 0.01, t0: 30 }) },
      initial: { W1: { normal: 0.3 }, W2: { normal: 0.3 } },
    });
    const reading = readingOf(network);
    const numbers = Uint32Array.from({ length: 40_000 }, (_, t) => t % 100);
    for (const t of numbers) teach(reading, [X[t]!], [Y[t]!]);
    network.learnSamples(samples, numbers);
    expect(worstError(network, reading)).toBeLessThan(5e-6);
  });

  test('a rate of 1 forgets all that decays', async () => {
    const network = await createNetwork({ ...options, ridge: 0, rates: rates(rule, { eta0: 1 }) });
    const reading = readingOf(network);
    const [x, y] = [normals(3, 7), normals(4, 3)];
    network.learn(x, y);
    teach(reading, [x], [y]);
    expect(worstError(network, reading)).toBeLessThan(1e-5);
  });
});

test('decoupled interneurons approach the synapses that they mirror as (23) says, at constant and decaying rates', async () => {
  for (const t0 of [undefined, 60]) {
    const rate = { eta0: 0.03, ...(t0 !== undefined && { t0 }) };
    const network = await createNetwork(
      smallOptions('bmvr', { decoupled: true, rates: rates('bmvr', rate), initial: { R: { normal: 1 } } }),
    );
    const gap = () => {
      const { Q, R } = network.weights() as { Q: Matrix; R: Matrix };
      return rows(R).map((row, i) => row.map((value, j) => (rows(Q)[j]?.[i] ?? Number.NaN) - value));
    };
    const before = gap().flat();
    network.partialFit(normals(1, 7 * 100), normals(2, 3 * 100));
    let shrinking = 1;
    for (let t = 0; t < 100; t++) shrinking *= 1 - rate.eta0 / (1 + t / (t0 ?? Number.POSITIVE_INFINITY));
    expect(
      relativeError(
        gap().flat(),
        before.map((value) => value * shrinking),
      ),
    ).toBeLessThan(1e-4);
  }
});

test('coupled and decoupled circuits are the same where R starts as the transpose of Q', async () => {
  const coupled = await createNetwork(smallOptions('bmvr'));
  const decoupled = await createNetwork(smallOptions('bmvr', { decoupled: true }));
  coupled.partialFit(normals(1, 7 * 50), normals(2, 3 * 50));
  decoupled.partialFit(normals(1, 7 * 50), normals(2, 3 * 50));
  const { R, ...others } = decoupled.weights();
  for (const [name, { data }] of Object.entries(coupled.weights())) {
    expect(relativeError(others[name]?.data ?? [], [...data])).toBeLessThan(1e-5);
  }
  expect(R?.rows).toBe(2);
});

test('tanh of the kernels is the mathematical one', async () => {
  const network = await createNetwork({
    ...smallOptions('bmvr', { ridge: 0, activation: 'tanh', inputs: 1, hidden: 1 }),
    weights: { W1: { rows: 1, cols: 1, data: Float32Array.of(1) } },
  });
  const inputs = [-40, -3, -0.5, -1e-3, -1e-20, 0, 1e-9, 0.2, 1, 2.5, 9, 88].map(Math.fround);
  const expected = inputs.map(Math.tanh);
  for (const [i, value] of network.transform(inputs).entries()) {
    expect(Math.abs(value - (expected[i] ?? Number.NaN))).toBeLessThanOrEqual(6e-8 * Math.abs(expected[i] ?? 0));
  }
});
