import { describe, expect, test } from 'vitest';
import { createNetwork, DivergenceError, type NetworkOptions, type Samples, samplesOf } from '../src/index.ts';
import { normals, rates, toRows } from './fixtures.ts';
import { readingOf, teach, worstError } from './readings.ts';

// Samples that are learned together are read ahead, and a sample's change goes with what the next one drives.

const [m, n, count] = [41, 70, 40];
const Y = Float32Array.from(normals(2, count * n));
const floatsOf = (inputs: number) => samplesOf({ X: normals(1, count * inputs), inputs, Y, labels: n });
const floats = floatsOf(m);
const raw = Uint8Array.from(normals(3, count * m), (value) => 60 * Math.abs(value));
const few = raw.map((value, i) => (i % 5 === 0 ? value : 0));
/** Of two inputs in three, all numbers but a few. */
const mixed = raw.map((value, i) => (Math.floor(i / m) % 3 > 0 || i % 9 === 0 ? value : 0));
const bytes = (raw: Uint8Array, offset: number): Samples => {
  return { count, inputs: m, labels: n, raw, scale: 1 / 64, offset, targets: Y };
};

/** Whether two networks that learn the samples, one by one and all at once, at rates that fall, have the same weights. */
async function expectSameBits(options: Omit<NetworkOptions, 'inputs' | 'rates'>, samples: Samples) {
  const { inputs, count } = samples;
  const made = (fused: boolean) =>
    createNetwork({ ...options, inputs, seed: 5, fused, rates: rates(options.rule, { eta0: 0.002, t0: 30 }, options) });
  for (const fused of [false, true]) {
    const [single, together] = [await made(fused), await made(fused)];
    const numbers = Uint32Array.from({ length: count }, (_, i) => (7 * i) % count);
    for (const number of numbers) single.learnSamples(samples, Uint32Array.of(number));
    together.learnSamples(samples, numbers);
    expect(together.weights(), `${options.hidden}, ${fused}`).toEqual(single.weights());
  }
}

describe.each<[string, number, NetworkOptions['engine'], number]>([
  ['similarity-matching', 0, 'plain', 0],
  ['adaptive-soft', 0, 'plain', 0],
  ['bio-cca', n, 'plain', 0],
  ['reduced-rank-regression', n, 'plain', 0],
  ['reduced-rank-regression', n, undefined, 0],
  ['reduced-rank-regression', n, undefined, 0.1],
])('%s of %i labels, %s engine, ridge %f', (rule, labels, engine, ridge) => {
  test.each<[string, Samples]>([
    ['floats', floats],
    ['floats in whole fours', floatsOf(44)],
    ['bytes', bytes(raw, 0)],
    ['shifted bytes', bytes(raw, -0.4)],
    ['bytes, most of them zero', bytes(few, 0)],
    ['bytes, most of some inputs zero', bytes(mixed, 0)],
  ])(
    '%s one by one and all at once have the same bits, at rates that fall, and with more cells than a pass takes',
    async (_, samples) => {
      for (const hidden of [3, 16, 21, 41]) {
        await expectSameBits({ rule, labels, hidden, ridge, ...(engine && { engine }) }, samples);
      }
    },
  );
});

// Rows of 258 numbers are read from end to end.
test.each([
  ['similarity-matching', 0],
  ['adaptive-soft', 0],
  ['backprop', n],
])('%s, so many cells that rows are wide', async (rule, labels) => {
  const inputs = 270;
  const shifted = { ...floatsOf(inputs), raw: Uint8Array.from(normals(3, count * inputs), (x) => 60 * Math.abs(x)) };
  for (const samples of [floatsOf(inputs), { ...shifted, scale: 1 / 64, offset: -0.4 }]) {
    await expectSameBits({ rule, labels, hidden: 258, engine: 'plain' }, samples);
  }
});

// Of layers so large, what a sample changes between cells goes with what the next one drives.
describe.each<[string, NonNullable<NetworkOptions['parameters']>]>([
  ['backprop', {}],
  ['feedback-alignment', {}],
  ['predictive-coding', { steps: 3 }],
  ['predictive-coding', { steps: 3, prediction: 'fixed' }],
])('%s of large layers, %o', (rule, parameters) => {
  const options = { rule, parameters, labels: n, hidden: [257, 262], activation: 'relu' } as const;

  test('one by one and all at once have the same bits, at rates that fall', async () => {
    for (const samples of [floats, bytes(few, 0)]) await expectSameBits(options, samples);
  });

  test('a sample that diverges leaves the weights that those before it left', async () => {
    const at = 6;
    const X = floats.raw.slice();
    X.fill(3e38, at * m, (at + 1) * m);
    const samples = { ...floats, raw: X };
    const made = () => createNetwork({ ...options, inputs: m, seed: 5, rates: rates(rule, { eta0: 0.002 }, options) });
    const [network, before] = [await made(), await made()];
    const first = Uint32Array.from({ length: at }, (_, i) => i);
    before.learnSamples(samples, first);
    expect(() => network.learnSamples(samples, Uint32Array.of(...first, at, at + 1))).toThrow(DivergenceError);
    expect(network.weights()).toEqual(before.weights());
  });
});

test.each<[string, Partial<NetworkOptions>]>([
  ['backprop', { activation: 'relu' }],
  ['predictive-coding', { activation: 'relu', parameters: { steps: 3 } }],
  ['backprop', { ridge: 0.1 }],
  ['kolen-pollack', { ridge: 0.1 }],
])('%s of large layers, %o, learns as its float64 reading does', async (rule, own) => {
  const options = { rule, inputs: m, labels: n, hidden: [257, 262], seed: 5, ...own };
  const network = await createNetwork({ ...options, rates: rates(rule, { eta0: 0.002, t0: 30 }, options) });
  const reading = readingOf(network);
  const few = 6;
  network.learnSamples(
    floats,
    Uint32Array.from({ length: few }, (_, i) => i),
  );
  const [x, y] = [floats.raw.subarray(0, few * m), Y.subarray(0, few * n)];
  teach(reading, toRows(x, m), toRows(y, n));
  expect(worstError(network, reading)).toBeLessThan(1e-5);
});

test('with other rates from a sample on, a network goes on as one that has these from its start', async () => {
  const options = { rule: 'bio-cca', inputs: m, labels: n, hidden: 5, seed: 5 };
  const falling = rates('bio-cca', { eta0: 0.01, t0: 20 });
  const network = await createNetwork({ ...options, rates: rates('bio-cca', { eta0: 0.002 }) });
  network.learnSamples(floats, Uint32Array.of(3, 1, 4, 15, 9));
  const other = await createNetwork({ ...options, rates: falling, weights: network.weights(), samplesSeen: 5 });
  network.setRates(falling);
  for (const each of [network, other]) each.learnSamples(floats, Uint32Array.of(2, 6, 5, 35, 8, 9, 7));
  expect(network.weights()).toEqual(other.weights());
});
