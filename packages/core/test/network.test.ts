import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createMemory,
  createNetwork,
  DivergenceError,
  InputError,
  type Matrix,
  type NetworkOptions,
  ruleNames,
} from '../src/index.ts';
import { expand, normals, randomSamples, rates, relativeError, smallOptions, toRows } from './fixtures.ts';
import { type OracleState, oracleSteps, product, transpose } from './oracle/oracle.ts';

const rows = ({ data, cols }: Matrix) => toRows(data, cols);
const oracleState = (weights: Record<string, Matrix>) =>
  Object.fromEntries(Object.entries(weights).map(([name, matrix]) => [name, rows(matrix)])) as unknown as OracleState;

/** The largest error of any weight matrix against the oracle's, as a part of that matrix' largest entry. */
function worstError(weights: Record<string, Matrix>, state: OracleState): number {
  return Math.max(
    ...Object.entries(weights).map(([name, { data }]) =>
      relativeError(data, (state[name as keyof OracleState] ?? []).flat()),
    ),
  );
}

test('rules with the same seed start with the same W1 and W2, other seeds with others', async () => {
  const start = async (rule: string, seed: number) => (await createNetwork(smallOptions(rule, { seed }))).weights();
  const [bmvr, backprop, other] = [await start('bmvr', 3), await start('backprop', 3), await start('bmvr', 4)];
  expect(bmvr.W1).toEqual(backprop.W1);
  expect(bmvr.W2).toEqual(backprop.W2);
  expect(other.W1).not.toEqual(bmvr.W1);
  expect(bmvr.Q).toEqual({ rows: 2, cols: 2, data: Float32Array.of(1 / 3, 0, 0, 1 / 3) });
});

describe.each(ruleNames)('%s', (name) => {
  const rule = name as 'bmvr' | 'backprop';
  const options = smallOptions(rule, { seed: 5 });

  test('learns the same bits whether samples come one at a time, in blocks, or as numbers of other types', async () => {
    const X = normals(1, 40 * 7).map(Math.fround);
    const Y = normals(2, 40 * 3).map(Math.fround);
    const single = await createNetwork(options);
    for (let i = 0; i < 40; i++) single.learn(X.slice(7 * i, 7 * i + 7), Y.slice(3 * i, 3 * i + 3));
    const blocks = await createNetwork(options);
    blocks.partialFit(Float32Array.from(X.slice(0, 7 * 13)), Float64Array.from(Y.slice(0, 3 * 13)));
    blocks.partialFit(X.slice(7 * 13), Y.slice(3 * 13));
    expect(blocks.weights()).toEqual(single.weights());
    expect(blocks.samplesSeen).toBe(40);
  });

  test('a restored snapshot goes on bit for bit alike, in this network and in another', async () => {
    const samples = randomSamples(6, {});
    const numbers = Uint32Array.from({ length: 9000 }, (_, i) => (7 * i) % samples.count);
    const network = await createNetwork(options);
    network.learnSamples(samples, numbers.subarray(0, 700));
    const snapshot = network.snapshot();
    network.learnSamples(samples, numbers.subarray(700));
    const end = network.snapshot();
    network.restore(snapshot);
    network.learnSamples(samples, numbers.subarray(700));
    expect(network.snapshot()).toEqual(end);
    const other = await createNetwork({ ...options, seed: 99 });
    other.restore(snapshot);
    other.learnSamples(samples, numbers.subarray(700));
    expect(other.snapshot()).toEqual(end);
  });

  test('looking at a network changes no later bit', async () => {
    const samples = randomSamples(7, {});
    const watched = await createNetwork(options);
    const alone = await createNetwork(options);
    for (let i = 0; i < 30; i++) {
      alone.learnSamples(samples, Uint32Array.of(i));
      watched.learnSamples(samples, Uint32Array.of(i));
      watched.weights();
      watched.squaredError(samples);
      watched.transform(normals(i, 7));
      watched.predict(normals(i, 14));
      watched.snapshot();
    }
    expect(watched.snapshot()).toEqual(alone.snapshot());
  });

  test('networks that share a memory do not disturb each other, and reuse what was given back', async () => {
    const samples = randomSamples(8, {});
    const numbers = Uint32Array.from({ length: 50 }, (_, i) => i);
    const alone = await createNetwork(options);
    alone.learnSamples(samples, numbers);
    const memory = createMemory();
    const [first, second] = [await createNetwork({ ...options, memory }), await createNetwork({ ...options, memory })];
    for (const number of numbers) {
      first.learnSamples(samples, Uint32Array.of(number));
      second.learnSamples(samples, Uint32Array.of(number));
    }
    expect(first.snapshot()).toEqual(alone.snapshot());
    expect(second.snapshot()).toEqual(alone.snapshot());
    second.dispose();
    const size = memory.buffer.byteLength;
    for (let i = 0; i < 20; i++) {
      const later = await createNetwork({ ...options, memory });
      later.learnSamples(samples, numbers);
      expect(later.snapshot()).toEqual(alone.snapshot());
      later.dispose();
    }
    expect(memory.buffer.byteLength).toBe(size);
  });

  test('transform is W1 x, predict is W2 W1 x, squaredError their distance from the labels', async () => {
    const samples = randomSamples(9, { count: 20 });
    const { X, Y } = expand(samples);
    const network = await createNetwork({ ...options, initial: { W1: { normal: 1 }, W2: { normal: 1 } } });
    network.learnSamples(samples, Uint32Array.of(3, 1, 4, 1, 5));
    const { W1, W2 } = network.weights() as { W1: Matrix; W2: Matrix };
    const z = product(X, transpose(rows(W1)));
    const predicted = product(z, transpose(rows(W2)));
    expect(relativeError(network.transform(X.flat()), z.flat())).toBeLessThan(1e-5);
    expect(relativeError(network.predict(X.flat()), predicted.flat())).toBeLessThan(1e-5);
    const error = predicted.flat().reduce((sum, value, i) => sum + (value - (Y.flat()[i] ?? Number.NaN)) ** 2, 0);
    expect(network.squaredError(samples) / error).toBeCloseTo(1, 5);
  });

  test('agrees with the float64 oracle on any shape, with and without ridge, from bytes and from floats', async () => {
    const shapes = fc.record({
      inputs: fc.integer({ min: 1, max: 19 }),
      labels: fc.integer({ min: 1, max: 9 }),
      hidden: fc.integer({ min: 1, max: 11 }),
      ridge: fc.constantFrom(0, 0.1, 0.7),
      eta0: fc.constantFrom(1e-4, 0.003, 0.02),
      zeros: fc.constantFrom(0, 0.5, 0.9, 1),
      seed: fc.integer({ min: 0, max: 1000 }),
    });
    await fc.assert(
      fc.asyncProperty(shapes, async ({ inputs, labels, hidden, ridge, eta0, zeros, seed }) => {
        const samples = randomSamples(seed, { count: 30, inputs, labels, zeros });
        const { X, Y } = expand(samples);
        const config = { rates: rates(rule, { eta0, t0: 40 }), lambda: ridge };
        const made: NetworkOptions = { rule, inputs, labels, hidden, ridge, seed, rates: config.rates };
        const [bytes, floats] = [await createNetwork(made), await createNetwork(made)];
        let state = oracleState(bytes.weights());
        for (const [t, x] of X.entries()) state = oracleSteps[rule](state, x, Y[t] ?? [], t, config);
        bytes.learnSamples(samples, Uint32Array.from(X.keys()));
        floats.partialFit(X.flat(), Y.flat());
        expect(worstError(bytes.weights(), state)).toBeLessThan(1e-4);
        expect(worstError(floats.weights(), state)).toBeLessThan(1e-4);
      }),
      { numRuns: 60 },
    );
  });

  test('stays with the oracle across rebasings, and where the ridge and decay act as strongly as they can', async () => {
    const initial = { W1: { normal: 0.3 }, W2: { normal: 0.3 } };
    const samples = randomSamples(11, { count: 200, inputs: 9, labels: 4 });
    const { X, Y } = expand(samples);
    for (const [eta0, ridge, steps] of [
      [0.01, 0.1, 20_000],
      [0.1, 4, 60],
    ] as const) {
      const config = { rates: rates(rule, { eta0, t0: 5000 }), lambda: ridge };
      const network = await createNetwork({
        rule,
        inputs: 9,
        labels: 4,
        hidden: 3,
        ridge,
        seed: 1,
        initial,
        rates: config.rates,
      });
      let state = oracleState(network.weights());
      for (let t = 0; t < steps; t++) state = oracleSteps[rule](state, X[t % 200] ?? [], Y[t % 200] ?? [], t, config);
      network.learnSamples(
        samples,
        Uint32Array.from({ length: steps }, (_, t) => t % 200),
      );
      expect(worstError(network.weights(), state), `η ${eta0}`).toBeLessThan(2e-4);
    }
  });

  test('a rate of 1 forgets all that decays', async () => {
    const network = await createNetwork({ ...options, ridge: 0, rates: rates(rule, { eta0: 1 }) });
    const before = oracleState(network.weights());
    const [x, y] = [normals(3, 7), normals(4, 3)];
    network.learn(x, y);
    const state = oracleSteps[rule](before, x, y, 0, { rates: rates(rule, { eta0: 1 }) });
    expect(worstError(network.weights(), state)).toBeLessThan(1e-5);
  });

  test('reports the sample at which it diverges, stays so, and recovers with a snapshot', async () => {
    const network = await createNetwork({ ...options, rates: rates(rule, { eta0: 10 }) });
    const healthy = network.snapshot();
    const X = normals(5, 7 * 1000);
    const Y = normals(6, 3 * 1000);
    let at = 0;
    try {
      network.partialFit(X, Y);
    } catch (error) {
      expect(error).toBeInstanceOf(DivergenceError);
      at = (error as DivergenceError).sample;
    }
    expect(at).toBeGreaterThan(1);
    expect(network.samplesSeen).toBe(at - 1);
    expect(() => network.learn(X.slice(0, 7), Y.slice(0, 3))).toThrow(DivergenceError);
    network.restore(healthy);
    network.partialFit(X.slice(0, 7), Y.slice(0, 3));
    expect(network.samplesSeen).toBe(1);
  });

  test('refuses wrong lengths and numbers that are not finite, and learns nothing from them', async () => {
    const network = await createNetwork(options);
    const before = network.snapshot();
    const [x, y] = [normals(3, 7), normals(4, 3)];
    expect(() => network.learn(x.slice(1), y)).toThrow('x has 6 numbers; 1 × 7 = 7 are needed');
    expect(() => network.partialFit([...x, 1], y)).toThrow('X has 8 numbers; a multiple of 7 are needed');
    expect(() => network.partialFit([...x, ...x], y)).toThrow('Y has 3 numbers; 2 × 3 = 6 are needed');
    expect(() => network.partialFit([...x, ...x.with(2, Number.NaN)], [...y, ...y])).toThrow('input 1 has a number');
    expect(() => network.learn(x, y.with(0, Number.POSITIVE_INFINITY))).toThrow('label 0 has a number');
    expect(network.snapshot()).toEqual(before);
  });
});

test('refuses snapshots of other networks and of other lengths', async () => {
  const network = await createNetwork(smallOptions('bmvr'));
  const snapshot = network.snapshot();
  expect(() => network.restore(new Uint8Array(100))).toThrow('not a snapshot');
  expect(() => network.restore(snapshot.subarray(0, -1))).toThrow('it was cut');
  const wider = await createNetwork(smallOptions('bmvr', { hidden: 3 }));
  expect(() => wider.restore(snapshot)).toThrow('of another network');
  expect(network.snapshot()).toEqual(snapshot);
});

test('given weights are kept to the bit', async () => {
  const { W1, W2, Q } = (await createNetwork(smallOptions('bmvr', { seed: 8 }))).weights();
  const weights = { W1, W2, Q } as Record<string, Matrix>;
  expect((await createNetwork(smallOptions('bmvr', { seed: 9, weights }))).weights()).toEqual(weights);
});

test.each<[string, Partial<NetworkOptions>]>([
  ['there is no rule "bmrv"; the rules are bmvr, backprop', { rule: 'bmrv' }],
  ['hidden must be a positive integer, not 0', { hidden: 0 }],
  ['inputs must be a positive integer, not 1.5', { inputs: 1.5 }],
  ['ridge must be a finite number, zero or more, not -1', { ridge: -1 }],
  ['rates.Q is missing', { rates: { W1: { eta0: 1 }, W2: { eta0: 1 } } }],
  ['rates.W1.eta0 must be a positive finite number, not NaN', { rates: rates('bmvr', { eta0: Number.NaN }) }],
  ['rates.W1.eta0 must be a positive finite number, not -1', { rates: rates('bmvr', { eta0: -1 }) }],
  ['rates.W1.t0 must be a positive finite number, not Infinity', { rates: rates('bmvr', { eta0: 1, t0: Infinity }) }],
  ['rates.R: bmvr has no such synapses', { rates: { ...rates('bmvr', { eta0: 1 }), R: { eta0: 1 } } }],
  ['initial.W1 must be a finite number', { initial: { W1: { normal: -1 } } }],
  [
    'weights.W2 is 2 × 3, but this network needs 3 × 2',
    { weights: { W2: { rows: 2, cols: 3, data: new Float32Array(6) } } },
  ],
  ['weights.Q has 3 numbers, but', { weights: { Q: { rows: 2, cols: 2, data: new Float32Array(3) } } }],
  [
    'weights.Q has NaN at row 1, column 0',
    { weights: { Q: { rows: 2, cols: 2, data: Float32Array.of(1, 2, Number.NaN, 4) } } },
  ],
  ['the seed is -1', { seed: -1 }],
])('refuses: %s', async (message, changes) => {
  const failure = createNetwork(smallOptions('bmvr', changes));
  await expect(failure).rejects.toThrow(InputError);
  await expect(failure).rejects.toThrow(message);
});
