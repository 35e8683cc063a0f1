import { describe, expect, test } from 'vitest';
import { type CircuitSettings, createNetwork, type Numbers, samplesOf } from '../../src/index.ts';
import { rates, relativeError } from '../fixtures.ts';
import { labelled } from '../registry.ts';
import { changesOf, mirrored, randomWeights, sizes, transpose } from './changes.ts';

// What links the rules that differ in how credit comes to hidden layers.

const circuits: CircuitSettings[] = [
  { hidden: [5], activation: 'linear', biases: false },
  { hidden: [5], activation: 'sigmoid', output: 'sigmoid' },
  { hidden: [5, 2], activation: 'tanh', output: 'softmax' },
  { hidden: [3, 4, 2], activation: 'relu', output: 'softmax', loss: 'squared' },
  { hidden: [3, 4, 2], activation: 'softplus', output: 'sigmoid', loss: 'squared' },
];

/** Rules that differ in what arrives at hidden layers only. */
const aligning = [
  'feedback-alignment',
  'direct-feedback-alignment',
  'sign-symmetry',
  'kolen-pollack',
  'weight-mirror',
  'frozen-hidden',
];

function expectSame(
  actual: Readonly<Record<string, readonly number[]>>,
  expected: Readonly<Record<string, readonly number[]>>,
  names = Object.keys(expected),
): void {
  for (const name of names) expect(relativeError(actual[name]!, [...expected[name]!]), name).toBeLessThan(1e-13);
}

describe.each(circuits)('$hidden $activation, $output $loss', (settings) => {
  const { output = 'linear' } = settings;
  const hidden = settings.hidden as readonly number[];
  const samples = labelled(output, 7, { count: 3, ...sizes });
  const weights = randomWeights('feedback-alignment', settings, 3);
  const forward = Object.fromEntries(Object.entries(weights).filter(([name]) => !name.startsWith('B')));
  const backprop = changesOf('backprop', settings, forward, samples);
  const forwardNames = Object.keys(forward);

  test('feedback alignment by B_l = W_{l+1}ᵀ is backprop', () => {
    expectSame(changesOf('feedback-alignment', settings, mirrored(weights), samples), backprop);
    const other = changesOf('feedback-alignment', settings, weights, samples);
    expect(relativeError(other.W1!, [...backprop.W1!])).toBeGreaterThan(0.01);
  });

  test.each(aligning)('%s: the output layer changes as by backprop', (rule) => {
    const top = hidden.length + 1;
    const names = [`W${top}`, `b${top}`].filter((name) => forwardNames.includes(name));
    const own = randomWeights(rule, settings, 8); // feedback weights of any values
    expectSame(changesOf(rule, settings, { ...own, ...forward }, samples), backprop, names);
  });

  test('Kolen–Pollack and the weight mirror change forward weights as feedback alignment does at the same feedback', () => {
    const expected = changesOf('feedback-alignment', settings, weights, samples);
    for (const rule of ['kolen-pollack', 'weight-mirror']) {
      expectSame(changesOf(rule, settings, weights, samples), expected, forwardNames);
    }
  });

  test('Kolen–Pollack changes B_l by the transpose of what W_{l+1} changes by', () => {
    const changes = changesOf('kolen-pollack', settings, weights, samples);
    for (const [i] of hidden.entries()) {
      const { rows, cols } = weights[`W${i + 2}`]!;
      const expected = [...(transpose({ rows, cols, data: changes[`W${i + 2}`]! }).data as number[])];
      expect(relativeError(changes[`B${i + 1}`]!, expected)).toBeLessThan(1e-13);
    }
  });

  test('sign symmetry with magnitudes of its own is feedback alignment by |B_l| ⊙ sign(W_{l+1}ᵀ)', () => {
    const signed = Object.fromEntries(
      Object.entries(weights).map(([name, matrix]) => {
        const above = mirrored(weights)[name]!.data;
        const data = Array.from(matrix.data, (b, i) => Math.abs(b) * Math.sign(above[i]!));
        return [name, name.startsWith('B') ? { ...matrix, data } : matrix];
      }),
    );
    const expected = changesOf('feedback-alignment', settings, signed, samples);
    expectSame(changesOf('sign-symmetry', settings, weights, samples, { magnitudes: 'fixed' }), expected);
  });

  test('where |W_{l+1}| is √(2 / (n_l + n_{l+1})) everywhere, uniform sign symmetry is backprop', () => {
    const even = Object.fromEntries(
      Object.entries(forward).map(([name, matrix]): [string, Numbers] => {
        if (!name.startsWith('W') || name === 'W1') return [name, matrix];
        const s = Math.sqrt(2 / (matrix.rows + matrix.cols));
        return [name, { ...matrix, data: Array.from(matrix.data, (w) => s * Math.sign(w)) }];
      }),
    );
    expectSame(changesOf('sign-symmetry', settings, even, samples), changesOf('backprop', settings, even, samples));
  });

  test.runIf(hidden.length === 1)('with one hidden layer, direct feedback alignment is feedback alignment', () => {
    const [direct, plain] = ['direct-feedback-alignment', 'feedback-alignment'].map((rule) =>
      changesOf(rule, settings, weights, samples),
    );
    expectSame(direct!, plain!);
  });

  test('frozen hidden layers stay, to the bit, and the output layer learns on', async () => {
    const options = {
      ...{ rule: 'frozen-hidden', ...sizes, ...settings, seed: 11 },
      rates: rates('frozen-hidden', { eta0: 0.1 }, settings),
    };
    const network = await createNetwork(options);
    const before = network.weights();
    network.fit(samples.X.flat(), samples.Y.flat(), { epochs: 10 });
    for (const [name, { data }] of Object.entries(network.weights())) {
      const isTop = name.endsWith(String(hidden.length + 1));
      if (isTop) expect(data).not.toEqual(before[name]!.data);
      else expect(data).toEqual(before[name]!.data);
    }
    const data = samplesOf({ X: samples.X.flat(), inputs: sizes.inputs, Y: samples.Y.flat(), labels: sizes.labels });
    expect(network.totalLoss(data)).toBeLessThan((await createNetwork(options)).totalLoss(data));
  });
});
