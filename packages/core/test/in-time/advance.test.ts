import { describe, expect, test } from 'vitest';
import { createNetwork, type NetworkOptions, RandomStream } from '../../src/index.ts';

// Steps of time on a tape are those that the plain engine does one by one.

const [inputs, cells, steps] = [7, 3, 150];

const options = (over: Partial<NetworkOptions> = {}): NetworkOptions => ({
  ...{ rule: 'dendritic-prediction', inputs, hidden: cells, labels: 2 * cells, seed: 5 },
  rates: { w: { eta0: 0.5 } },
  ...over,
});

/** Spikes of afferents, and a teacher that drives the cells. */
function stream(seed: number, labels = 2 * cells) {
  const random = new RandomStream(seed, 'stream in time');
  return {
    X: Float32Array.from({ length: steps * inputs }, () => Number(random.uniform() < 0.1)),
    Y: Float32Array.from({ length: steps * labels }, () => 10 * random.uniform()),
  };
}

const row = (values: Float32Array, step: number) => {
  const size = values.length / steps;
  return values.subarray(step * size, (step + 1) * size);
};

describe.each(['escape', 'rate'])('spikes: %s', (spikes) => {
  test.each([1, 2, 3])('bit for bit what single steps are, and what is recorded of them (stream %d)', async (seed) => {
    const parameters = { spikes, deadTime: 1 };
    const { X, Y } = stream(seed);
    const [one, all] = await Promise.all([
      createNetwork(options({ parameters })),
      createNetwork(options({ parameters })),
    ]);
    const recorded = all.advance(X, Y, { record: ['U', 'gE', 'n'] });
    for (let step = 0; step < steps; step++) {
      one.learn(row(X, step), row(Y, step));
      const weights = one.weights();
      for (const name of ['U', 'gE']) expect(row(recorded[name]!, step)).toEqual(weights[name]!.data);
    }
    expect(all.weights()).toEqual(one.weights());
    expect(all.samplesSeen).toBe(steps);
    if (spikes === 'escape') expect(new Set(recorded.n)).toEqual(new Set([0, 1]));
  });
});

test('it goes on from a snapshot, and after other calls, bit for bit', async () => {
  const { X, Y } = stream(4);
  const cut = 61;
  const [whole, parts, later] = await Promise.all([1, 2, 3].map(() => createNetwork(options())));
  const all = whole!.advance(X, Y, { record: ['n'] });
  parts!.advance(X.subarray(0, cut * inputs), Y.subarray(0, cut * 2 * cells));
  later!.restore(parts!.snapshot());
  const rest = later!.advance(X.subarray(cut * inputs), Y.subarray(cut * 2 * cells), { record: ['n'] });
  expect(later!.weights()).toEqual(whole!.weights());
  expect(rest.n).toEqual(all.n!.subarray(cut * cells));
  expect(later!.snapshot()).toEqual(whole!.snapshot());
});

test('what is not plastic keeps its weights, and all else goes on', async () => {
  const { X, Y } = stream(6);
  const [frozen, plastic] = await Promise.all([createNetwork(options()), createNetwork(options())]);
  const before = frozen.weights();
  frozen.advance(X, Y, { plastic: false });
  plastic.advance(X, Y);
  expect(frozen.weights().w).toEqual(before.w);
  expect(frozen.weights().Δ).not.toEqual(before.Δ);
  expect(plastic.weights().w).not.toEqual(before.w);
});

test('what leaves the range of finite numbers is told, with the step', async () => {
  const network = await createNetwork(options({ parameters: { spikes: 'rate' } }));
  const { X, Y } = stream(7);
  Y[100 * 2 * cells] = 3e38;
  Y[101 * 2 * cells] = 3e38;
  expect(() => network.advance(X, Y)).toThrow(/sample 10\d/);
});

test('rates that fall do not fit a tape, and are learned at all the same', async () => {
  const { X, Y } = stream(8);
  const rates = { w: { eta0: 0.5, t0: 20 } };
  const [one, all] = await Promise.all([createNetwork(options({ rates })), createNetwork(options({ rates }))]);
  for (let step = 0; step < steps; step++) one.learn(row(X, step), row(Y, step));
  const recorded = all.advance(X, Y, { record: ['V'] });
  expect(all.weights()).toEqual(one.weights());
  expect(row(recorded.V!, steps - 1)).toEqual(one.weights().V!.data);
});

test.each([
  [
    'a step longer than the smallest time constant',
    { parameters: { dt: 0.5 } },
    'parameters.dt must be at most 0.476 ms, the smallest time constant (C/(gL + gsp)), not 0.5',
  ],
  [
    'another teacher',
    { labels: 5 },
    'labels must be 6, not 5: dendritic-prediction is taught by gE, gI, a number a cell each',
  ],
  [
    'a dendrite as slow as its synapses',
    { parameters: { Cd: 90 } },
    'Cd/gLd and tauS must not be the same, and are 3 and 3 ms',
  ],
  [
    'what is not finite',
    { parameters: { C: 1e-320, dt: 1e-323 } },
    '1/C that a signal of neurons is multiplied by is Infinity',
  ],
  ['batches', { batch: 2 }, 'batch must be 1: a sample of dendritic-prediction is a step of time'],
])('%s is refused', async (_, over, message) => {
  await expect(createNetwork(options(over as Partial<NetworkOptions>))).rejects.toThrow(message);
});

test('signals that there are not, and rules that are not in time, are refused', async () => {
  const network = await createNetwork(options());
  const { X, Y } = stream(1);
  expect(() => network.advance(X, Y, { record: ['W'] })).toThrow('there is no signal "W" to record; there are ');
  const other = await createNetwork({ rule: 'backprop', inputs: 2, hidden: 2, labels: 1, rates: { W: { eta0: 0.1 } } });
  expect(() => other.advance([1, 2], [1])).toThrow('backprop is not a rule in time');
});

test('a potential that leaves the range of numbers is told, though its weights stay within their bounds', async () => {
  const { X } = stream(6);
  const Y = new Float32Array(steps * 2 * cells).fill(500);
  const [one, all] = await Promise.all([createNetwork(options()), createNetwork(options())]);
  const message = /dendritic-prediction diverged by step \d+: U at \S+ is no longer finite; use a smaller dt/;
  expect(() => all.advance(X, Y)).toThrow(message);
  expect(() => all.advance(X, Y)).toThrow(message);
  expect(() => one.partialFit(X, Y)).toThrow(message);
});
