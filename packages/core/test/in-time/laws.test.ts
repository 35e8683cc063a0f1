import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, RandomStream, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { relativeError } from '../fixtures.ts';

const normals = (seed: number, length: number) => {
  const stream = new RandomStream(seed, 'laws in time');
  return Float64Array.from({ length }, () => stream.normal());
};

function pairOptions(rule: string, changes: NetworkOptions['parameters'], eta: number): NetworkOptions {
  return {
    ...{ rule, inputs: 8, hidden: 4, labels: 0, seed: 5, rates: { W: { eta0: eta } } },
    parameters: { form: 'rates', wMax: 100, ...changes },
  };
}

const matrix = (rows: number, cols: number, data: ArrayLike<number>) => ({ rows, cols, data: Float64Array.from(data) });

describe('reversed and mirrored STDP', () => {
  test('mirrored: W − Qᵀ is conserved', () => {
    const options = pairOptions('mirrored-stdp', { A: 0.7 }, 0.01);
    const weights = { W: matrix(8, 4, normals(1, 32)), Q: matrix(4, 8, normals(2, 32)) };
    const difference = (reading: Reading) => {
      const { W, Q } = reading.weights();
      return Array.from({ length: 32 }, (_, at) => W!.data[at]! - Q!.data[(at % 4) * 8 + Math.floor(at / 4)]!);
    };
    const reading = new Reading(planNetwork(options), { weights });
    const before = difference(reading);
    for (let step = 0; step < 200; step++) reading.learn([normals(100 + step, 8)], [new Float64Array(0)]);
    expect(relativeError(difference(reading), before)).toBeLessThan(1e-12);
    expect(relativeError([...reading.weights().W!.data], [...weights.W.data])).toBeGreaterThan(0.1);
  });

  test.each(['rates', 'cells'])('mirrored: tied weights stay tied to the last bit, by %s', async (form) => {
    const Q = { rows: 4, cols: 8, data: Float32Array.from(normals(3, 32)) };
    const W = {
      rows: 8,
      cols: 4,
      data: Float32Array.from({ length: 32 }, (_, at) => Q.data[(at % 4) * 8 + (at >> 2)]!),
    };
    const options = pairOptions('mirrored-stdp', { form, delay: 2 }, 0.01);
    const network = await createNetwork({ ...options, weights: { W, Q } });
    const X = normals(4, 8 * 500).map((x) => (form === 'cells' ? Math.abs(x) / 5 : x));
    network.advance(X, []);
    const learned = network.weights();
    expect(learned.W!.data).not.toEqual(W.data);
    expect([...learned.W!.data]).toEqual(
      Array.from({ length: 32 }, (_, at) => learned.Q!.data[(at % 4) * 8 + (at >> 2)]!),
    );
  });

  test.each([1.2, 0.9])('reversed: the gain of the loop becomes 1/A, A = %f', async (A) => {
    const network = await createNetwork(pairOptions('reverse-stdp', { A }, 0.01));
    network.advance(normals(6, 8 * 20_000), []);
    const { W, Q } = network.weights();
    const [w, q] = [Matrix.from1DArray(8, 4, [...W!.data]), Matrix.from1DArray(4, 8, [...Q!.data])];
    // Of Q W, whose eigenvalues are those of W Q that are not zero.
    const { realEigenvalues } = new EigenvalueDecomposition(q.mmul(w));
    for (const gain of realEigenvalues) expect(gain * A).toBeCloseTo(1, 2);
  });

  test('reversed: at A = 1, W descends the decoder’s loss ½‖x − W Q x‖²', () => {
    const options = pairOptions('reverse-stdp', { A: 1 }, 1);
    const weights = { W: matrix(8, 4, normals(7, 32)), Q: matrix(4, 8, normals(8, 32)) };
    const x = normals(9, 8);
    const { changes } = new Reading(planNetwork(options), { weights }).respond([x], [new Float64Array(0)]);
    const loss = (W: Float64Array) => {
      const y = Array.from({ length: 4 }, (_, j) => x.reduce((sum, v, i) => sum + weights.Q.data[j * 8 + i]! * v, 0));
      return x.reduce((sum, v, i) => sum + (v - y.reduce((s, u, j) => s + W[i * 4 + j]! * u, 0)) ** 2 / 2, 0);
    };
    const h = 1e-5;
    const slope = weights.W.data.map((_, at) => {
      const [up, down] = [h, -h].map((by) => loss(weights.W.data.map((w, i) => (i === at ? w + by : w))));
      return (down! - up!) / (2 * h);
    });
    expect(relativeError([...changes.W!.data], [...slope])).toBeLessThan(1e-7);
  });

  test('a delay between spikes at 0, D and 2 D rescales both pairs alike', async () => {
    const changeOf = async (D: number) => {
      const network = await createNetwork({
        ...pairOptions('reverse-stdp', { form: 'spikes', A: 1.2 }, 1),
        ...{ inputs: 1, hidden: 1, labels: 1, initial: { W: { constant: 0 } } },
      });
      const X = Array.from({ length: 2 * D + 1 }, (_, t) => Number(t === 0 || t === 2 * D));
      network.advance(
        X,
        X.map((_, t) => Number(t === D)),
      );
      return network.weights().W!.data[0]!;
    };
    for (const D of [1, 5, 15]) expect(await changeOf(D)).toBeCloseTo((1 - 1.2) * Math.exp(-D / 20), 6);
  });
});

test('synapses of which a share exists: others are zero for ever, and the network, in WebAssembly step by step or at once, is its reading', async () => {
  const options: NetworkOptions = {
    ...{ rule: 'burst-network', inputs: 40, hidden: 20, labels: 20, seed: 3, rates: { W: { eta0: 0.01 } } },
    // So strong a drive that both populations fire.
    parameters: { current: 400, eMin: 6, density: 0.3 },
  };
  const [X, Y] = [new Float32Array(40 * 2000).fill(300), new Float32Array(20 * 2000).fill(1)];
  const [network, stepped] = [await createNetwork(options), await createNetwork(options)];
  const start = network.weights().W!.data;
  network.advance(X, Y);
  stepped.partialFit(X, Y);
  for (const [name, { data }] of Object.entries(network.weights())) {
    expect([...data], name).toEqual([...stepped.weights()[name]!.data]);
  }
  const { W, B, E } = network.weights();
  const exist = start.filter((w) => w !== 0).length;
  expect(exist / 800).toBeGreaterThan(0.2);
  expect(exist / 800).toBeLessThan(0.4);
  expect(W!.data.every((w, i) => start[i] !== 0 || w === 0)).toBe(true);
  expect(W!.data).not.toEqual(start);
  expect(Math.max(...E!.data)).toBeGreaterThan(5);
  expect(Math.max(...B!.data)).toBeGreaterThan(0.76);
  // Rounding decides on a spike some time: the reading follows for as long as it does not.
  const reading = new Reading(planNetwork(options), { weights: {}, seed: 3 });
  const short = await createNetwork(options);
  for (let step = 0; step < 300; step++)
    reading.learn([Float64Array.from(X.subarray(0, 40))], [new Float64Array(20).fill(1)]);
  short.advance(X.subarray(0, 40 * 300), Y.subarray(0, 20 * 300));
  for (const [name, { data }] of Object.entries(reading.weights())) {
    const own = short.weights()[name]!.data;
    const largest = Math.max(1, ...data.map(Math.abs));
    expect(Math.max(...data.map((value, i) => Math.abs(value - own[i]!))) / largest, name).toBeLessThan(1e-4);
  }
});

test('trials: a stimulus finds nothing of the one before but the weights', async () => {
  const options: NetworkOptions = {
    ...{ rule: 'reverse-stdp', inputs: 8, hidden: 4, labels: 0, seed: 2, rates: { W: { eta0: 0.01 } } },
    initial: { Q: { constant: 1 }, W: { constant: 0.5 } },
    parameters: { form: 'cells', trial: 60, delay: 5 },
  };
  const stimulus = new Float32Array(8 * 60).fill(0.3, 0, 80);
  const silence = new Float32Array(8 * 60);
  const after = async (first: Float32Array) => {
    const network = await createNetwork(options);
    const before = network.advance(first, [], { plastic: false, record: ['x'] }).x!;
    return { before, rest: network.advance(silence, [], { plastic: false, record: ['x', 'y', 'l', 'u'] }) };
  };
  const { before, rest } = await after(stimulus);
  // It has gone round until the end of the first trial, and would go on.
  expect(before.subarray(-80).some((x) => x === 1)).toBe(true);
  for (const [name, values] of Object.entries(rest))
    expect(
      values!.every((value) => value === 0),
      name,
    ).toBe(true);
});
