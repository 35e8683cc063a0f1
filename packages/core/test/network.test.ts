import { describe, expect, test } from 'vitest';
import {
  createMemory,
  createNetwork,
  DivergenceError,
  type Matrix,
  type NetworkOptions,
  ruleNames,
} from '../src/index.ts';
import { normals, randomSamples, rates, relativeError, smallOptions } from './fixtures.ts';

test('rules with the same seed start with the same W1 and W2, other seeds with others', async () => {
  const start = async (rule: string, seed: number) => (await createNetwork(smallOptions(rule, { seed }))).weights();
  const [bmvr, backprop, other] = [await start('bmvr', 3), await start('backprop', 3), await start('bmvr', 4)];
  expect(bmvr.W1).toEqual(backprop.W1);
  expect(bmvr.W2).toEqual(backprop.W2);
  expect(other.W1).not.toEqual(bmvr.W1);
  expect(bmvr.Q).toEqual({ rows: 2, cols: 2, data: Float32Array.of(1 / 3, 0, 0, 1 / 3) });
});

test('networks of a memory have in common the room of rows on their way', async () => {
  const [inputs, rows, count] = [512, 16, 16];
  const taken = async (learns: boolean) => {
    const memory = createMemory();
    for (let i = 0; i < count; i++) {
      const network = await createNetwork({ ...smallOptions('bmvr', {}), inputs, memory });
      if (learns) network.partialFit(normals(1, inputs * rows), normals(2, 3 * rows));
    }
    return memory.buffer.byteLength;
  };
  const ofAll = count * 4 * inputs * rows;
  expect((await taken(true)) - (await taken(false))).toBeLessThan(ofAll / 2);
});

const circuits: Partial<NetworkOptions>[] = [{}, { ridge: 0, activation: 'relu', meanRate: 0.01 }];
const subjects = ruleNames.flatMap((name) => circuits.map((circuit) => ({ name, circuit })));

describe.each(subjects)('$name, $circuit.activation', ({ name, circuit }) => {
  const options = smallOptions(name, { seed: 5, ...circuit });

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

  test('rates that are set act from the next sample on, as if the network had begun with them', async () => {
    const samples = randomSamples(8, {});
    const numbers = Uint32Array.from({ length: 60 }, (_, i) => (7 * i) % samples.count);
    const slow = rates(name, { eta0: 0.004 });
    const born = await createNetwork({ ...options, rates: slow });
    const changed = await createNetwork(options);
    changed.setRates(slow);
    for (const network of [born, changed]) network.learnSamples(samples, numbers);
    expect(changed.snapshot()).toEqual(born.snapshot());

    const fast = rates(name, { eta0: 0.01 });
    const onward = await createNetwork({ ...options, rates: fast, weights: changed.weights() });
    expect(() => changed.setRates({ ...fast, W2: { eta0: -1 } })).toThrow('rates.W2.eta0 must be a positive');
    changed.setRates(fast);
    for (const network of [onward, changed]) network.learnSamples(samples, numbers);
    expect(changed.samplesSeen).toBe(120);
    const expected = onward.weights();
    for (const [synapses, { data }] of Object.entries(changed.weights())) {
      expect(relativeError(data, Array.from(expected[synapses]!.data)), synapses).toBeLessThan(1e-4);
    }
  });

  test('looking at a network changes no later bit', async () => {
    const samples = randomSamples(7, {});
    const watched = await createNetwork(options);
    const alone = await createNetwork(options);
    for (let i = 0; i < 30; i++) {
      alone.learnSamples(samples, Uint32Array.of(i));
      watched.learnSamples(samples, Uint32Array.of(i));
      watched.weights();
      watched.totalLoss(samples);
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
      second.transform(normals(number, 14));
    }
    const [X, Y] = [normals(1, 10 * 7), normals(2, 10 * 3)];
    alone.partialFit(X, Y);
    for (let t = 0; t < 10; t++) {
      first.partialFit(X.slice(7 * t, 7 * t + 7), Y.slice(3 * t, 3 * t + 3));
      second.transform(normals(t, 28));
      second.partialFit(X.slice(7 * t, 7 * t + 7), Y.slice(3 * t, 3 * t + 3));
    }
    expect(first.snapshot()).toEqual(alone.snapshot());
    expect(second.snapshot()).toEqual(alone.snapshot());
    second.dispose();
    const size = memory.buffer.byteLength;
    for (let i = 0; i < 20; i++) {
      const later = await createNetwork({ ...options, memory });
      later.learnSamples(samples, numbers);
      later.partialFit(X, Y);
      expect(later.snapshot()).toEqual(alone.snapshot());
      later.dispose();
    }
    expect(memory.buffer.byteLength).toBe(size);
  });

  // The plasticity of dendritic microcircuits vanishes where their rates saturate: they do not diverge.
  const diverges = !name.startsWith('dendritic-microcircuit');
  test.runIf(diverges)('reports the sample at which it diverges, stays so, and recovers with a snapshot', async () => {
    const network = await createNetwork({ ...options, rates: rates(name, { eta0: 1e8 }) });
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

test('transformSamples gives the same bits as transform, for any part of a data set', async () => {
  const samples = randomSamples(9, { count: 9000 });
  const unscaled = { ...samples, scale: 1, offset: 0 };
  const network = await createNetwork(smallOptions('bmvr', { seed: 3 }));
  const all = network.transformSamples(unscaled, 0, 9000);
  expect(all).toEqual(network.transform(unscaled.raw));
  expect(network.transformSamples(unscaled, 4000, 4900)).toEqual(all.subarray(2 * 4000, 2 * 8900));
  expect(network.transformSamples(unscaled, 9000, 0)).toEqual(new Float32Array());
  expect(() => network.transformSamples(samples, 8999, 2)).toThrow('there are 9000 samples; 2 from number 8999 on');
  expect(() => network.transformSamples(samples, -1, 2)).toThrow('2 from number -1 on');
});

test.each(['bmvr', 'kolen-pollack'])('%s: samples by their numbers are predicted as in their order', async (rule) => {
  const samples = randomSamples(10, { count: 300 });
  const network = (await createNetwork(smallOptions(rule, { seed: 3 }))).partialFit(samples);
  const all = network.predict(samples);
  const numbers = Uint32Array.from({ length: 600 }, (_, i) => (i * 7) % 300);
  const expected = [...numbers].flatMap((number) => [...all.subarray(3 * number, 3 * number + 3)]);
  expect([...network.predictNumbers(samples, numbers)]).toEqual(expected);
  expect(() => network.predictNumbers(samples, Uint32Array.of(300))).toThrow('number 300 was asked for');
});
