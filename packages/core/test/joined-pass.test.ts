import { describe, expect, test } from 'vitest';
import { createNetwork, type Samples, samplesOf } from '../src/index.ts';
import { normals, rates } from './fixtures.ts';

// Samples that are learned together are read ahead, and a sample's change goes with what the next one drives.

const [m, n, count] = [41, 70, 40];
const { floats, kinds } = samplesOfSize(m, count);

/** Samples of each kind, with labels or second views of n numbers. */
function samplesOfSize(inputs: number, count: number) {
  const Y = Float32Array.from(normals(2, count * n));
  const floats = samplesOf({ X: normals(1, count * inputs), inputs, Y, labels: n });
  const raw = Uint8Array.from(normals(3, count * inputs), (value) => 60 * Math.abs(value));
  const few = raw.map((value, i) => (i % 5 === 0 ? value : 0));
  const bytes = (raw: Uint8Array, offset: number): Samples => {
    return { count, inputs, labels: n, raw, scale: 1 / 64, offset, targets: Y };
  };
  const kinds: [string, Samples][] = [
    ['floats', floats],
    ['bytes', bytes(raw, 0)],
    ['shifted bytes', bytes(raw, -0.4)],
    ['bytes, most of them zero', bytes(few, 0)],
  ];
  return { floats, kinds };
}

/** Whether two networks that learn the samples, one by one and all at once, at rates that fall, have the same weights. */
async function expectSameBits(rule: string, labels: number, hidden: number, samples: Samples) {
  const { inputs, count } = samples;
  const made = () =>
    createNetwork({
      ...{ rule, inputs, labels, hidden, seed: 5, engine: 'plain' },
      rates: rates(rule, { eta0: 0.002, t0: 30 }),
    });
  const [single, together] = [await made(), await made()];
  const numbers = Uint32Array.from({ length: count }, (_, i) => (7 * i) % count);
  for (const number of numbers) single.learnSamples(samples, Uint32Array.of(number));
  together.learnSamples(samples, numbers);
  expect(together.weights(), `${hidden}`).toEqual(single.weights());
}

describe.each([
  ['similarity-matching', 0],
  ['adaptive-soft', 0],
  ['bio-cca', n],
  ['reduced-rank-regression', n],
])('%s', (rule, labels) => {
  test.each(kinds)(
    '%s one by one and all at once have the same bits, at rates that fall, and with more cells than a pass takes',
    async (_, samples) => {
      for (const hidden of [3, 16, 21, 41]) await expectSameBits(rule, labels, hidden, samples);
    },
  );
});

// Rows of 258 numbers are read from end to end.
test.each(['similarity-matching', 'adaptive-soft', 'backprop'])(
  '%s, so many cells that rows are wide',
  async (rule) => {
    for (const [, samples] of samplesOfSize(270, 11).kinds) {
      await expectSameBits(rule, rule === 'backprop' ? n : 0, 258, samples);
    }
  },
);

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
