import { describe, expect, test } from 'vitest';
import { activations } from '../../src/circuit/activation.ts';
import { functions } from '../../src/circuit/functions.ts';
import { allOperations } from '../../src/circuit/trace.ts';
import {
  type CircuitSettings,
  createNetwork,
  createProbe,
  DivergenceError,
  findRule,
  layOut,
  type Numbers,
  type ParameterValue,
  Reading,
  samplesOf,
} from '../../src/index.ts';
import { solve } from '../../src/solve.ts';
import { rates, relativeError } from '../fixtures.ts';
import { vectors } from '../readings.ts';
import { labelled, learningOf } from '../registry.ts';
import { changesOf, randomWeights, sizes, type Weights } from './changes.ts';

const rule = 'predictive-coding';
type Own = Readonly<Record<string, ParameterValue>>;

const circuits: CircuitSettings[] = [
  { hidden: [5], activation: 'linear', biases: false },
  { hidden: [5, 2], activation: 'sigmoid' },
  { hidden: [3, 4, 2], activation: 'tanh' },
];
const samples = labelled('linear', 7, { count: 3, ...sizes });

/** W v + b, and the like, by hand. */
const times = ({ rows, cols, data }: Numbers, v: readonly number[]) =>
  Array.from({ length: rows }, (_, i) => v.reduce((sum, each, j) => sum + data[i * cols + j]! * each, 0));
const zip = (a: readonly number[], b: readonly number[], f: (x: number, y: number) => number) =>
  a.map((each, i) => f(each, b[i]!));
const square = (v: readonly number[]) => v.reduce((sum, each) => sum + each * each, 0);

/** ½ π_l ‖v_l − (W_l f(v_{l−1}) + b_l)‖² of every layer l ≥ 1, and ½ β ‖y − v_{L+1}‖² where outputs are nudged. */
function energies(
  settings: CircuitSettings,
  weights: Weights,
  v: readonly (readonly number[])[],
  own: Own,
  y = v.at(-1)!,
) {
  const f = functions[activations[settings.activation ?? 'linear']].value;
  const layers = v.slice(1).map((value, i) => {
    const below = i === 0 ? v[0]! : v[i]!.map(f);
    const [W, b] = [weights[`W${i + 1}`]!, weights[`b${i + 1}`]];
    const mu = b ? zip(times(W, below), [...Array.from(b.data)], (p, q) => p + q) : times(W, below);
    const pi = Number(own[i + 2 === v.length ? 'outputPrecision' : 'precision'] ?? 1);
    return (pi / 2) * square(zip(value, mu, (p, q) => p - q));
  });
  const nudge = (Number(own.nudge ?? 1) / 2) * square(zip(y, v.at(-1)!, (p, q) => p - q));
  return { layers, total: layers.reduce((sum, each) => sum + each, 0) + (own.outputs === 'nudged' ? nudge : 0) };
}

/** x, v_1 … v_L, and the outputs after all steps, of each sample. */
function statesOf(settings: CircuitSettings, weights: Weights, own: Own): number[][][] {
  const laidOut = layOut(findRule(rule), { ...settings, parameters: own }, sizes);
  const reading = new Reading({ ...laidOut, plasticity: new Map() }, { weights });
  const { signals } = reading.respond(vectors(samples.X), vectors(samples.Y));
  const states = allOperations(learningOf(laidOut)).flatMap((each) =>
    each.kind === 'state' && /^v\d+$/.test(each.name) ? [each.output] : [],
  );
  return samples.X.map((x, s) => {
    const v = states.map((id) => [...signals[id]![s]!]);
    return [x, ...v, ...(own.outputs === 'nudged' ? [] : [samples.Y[s]!])];
  });
}

function expectSame(actual: Readonly<Record<string, readonly number[]>>, expected: typeof actual, within: number) {
  for (const [name, values] of Object.entries(expected)) {
    expect(relativeError(actual[name]!, [...values]), name).toBeLessThan(within);
  }
}

describe.each(circuits)('$hidden $activation', (settings) => {
  const hidden = settings.hidden as readonly number[];
  const L = hidden.length;
  const weights = randomWeights(rule, settings, 3);
  const backprop = changesOf('backprop', settings, weights, samples);
  const change = (own: Own) => changesOf(rule, settings, weights, samples, own);
  const isZero = (values: readonly number[]) => values.every((value) => value === 0);

  test('with fixed prediction and γ = 1, N ≥ L steps are backprop, and fewer have not reached the lowest layers', () => {
    const fixed = { prediction: 'fixed', gamma: 1 };
    for (const steps of [L, L + 1, L + 4]) expectSame(change({ ...fixed, steps }), backprop, 1e-12);
    for (let steps = 1; steps < L; steps++) {
      const found = change({ ...fixed, steps });
      for (let l = 1; l <= L + 1; l++) {
        if (l < L - steps + 1) expect(isZero(found[`W${l}`]!), `W${l}`).toBe(true);
        else expectSame(found, { [`W${l}`]: backprop[`W${l}`]! }, 1e-12);
      }
    }
  });

  test('what weights learn before a first step has settled is for the output layer only', () => {
    const found = change({ weightsSee: 'before', steps: 1 });
    for (let l = 1; l <= L; l++) expect(isZero(found[`W${l}`]!), `W${l}`).toBe(true);
    expectSame(found, { [`W${L + 1}`]: backprop[`W${L + 1}`]! }, 1e-12);
  });

  test('the state before the last of N steps is that after N − 1', () => {
    expectSame(change({ weightsSee: 'before', steps: 5 }), change({ steps: 4 }), 1e-14);
  });

  const kinds: Own[] = [
    { outputs: 'clamped', precision: 1 },
    { outputs: 'clamped', precision: 2, outputPrecision: 0.3 },
    { outputs: 'nudged', nudge: 0.4, precision: 0.7 },
  ];

  test.each(kinds)('a step goes γ down the gradient of the energy; precision $precision, $outputs', (own) => {
    const h = 1e-5;
    const gamma = 0.1;
    const [before, after] = [9, 10].map((steps) => statesOf(settings, weights, { ...own, gamma, steps }));
    for (const [s, v] of before!.entries()) {
      for (let l = 1; l < v.length - Number(own.outputs !== 'nudged'); l++) {
        const slope = v[l]!.map((_, i) => {
          const at = (by: number) => {
            const moved = v.map((each, k) => (k === l ? each.with(i, each[i]! + by) : each));
            return energies(settings, weights, moved, own, samples.Y[s]!).total;
          };
          return (at(h) - at(-h)) / (2 * h);
        });
        const moved = zip(after![s]![l]!, v[l]!, (a, b) => (b - a) / gamma);
        expect(relativeError(moved, slope), `v${l}`).toBeLessThan(1e-6);
      }
    }
  });

  test.each(kinds)(
    'weights learn down the gradient of the energy at the state; precision $precision, $outputs',
    (own) => {
      const h = 1e-5;
      const states = statesOf(settings, weights, own);
      const found = change(own);
      for (const [name, { data, ...shape }] of Object.entries(weights)) {
        const slope = Array.from(data).map((w, i) => {
          const at = (by: number) => {
            const moved = { ...weights, [name]: { ...shape, data: Array.from(data).with(i, w + by) } };
            const each = states.map((v, s) => energies(settings, moved, v, own, samples.Y[s]!).total);
            return each.reduce((sum, value) => sum + value, 0) / states.length;
          };
          return (at(-h) - at(h)) / (2 * h);
        });
        expect(relativeError(found[name]!, slope), name).toBeLessThan(1e-8);
      }
    },
  );

  test.each(kinds)(
    'with small steps the energy of every sample falls at each; precision $precision, $outputs',
    (own) => {
      const totals = Array.from({ length: 12 }, (_, i) =>
        statesOf(settings, weights, { ...own, gamma: 0.02, steps: i + 1 }).map(
          (v, s) => energies(settings, weights, v, own, samples.Y[s]!).total,
        ),
      );
      for (let k = 1; k < totals.length; k++) {
        for (const [s, total] of totals[k]!.entries()) expect(total).toBeLessThan(totals[k - 1]![s]!);
      }
    },
  );

  test('weakly nudged and settled, predictive coding is backprop to first order', () => {
    const nudge = 1e-5;
    const found = change({ outputs: 'nudged', nudge, gamma: 0.2, steps: 600 });
    const scaled = Object.fromEntries(Object.entries(found).map(([name, all]) => [name, all.map((g) => g / nudge)]));
    expectSame(scaled, backprop, 1e-3);
  });

  test('plain steps, momentum and Adam come to the same rest; without momentum, momentum is plain', () => {
    const rest = change({ gamma: 0.1, steps: 1000 });
    expectSame(change({ settling: 'momentum', gamma: 0.03, momentum: 0.8, steps: 1000 }), rest, 1e-9);
    expectSame(change({ settling: 'adam', gamma: 0.003, steps: 2000 }), rest, 1e-2);
    expectSame(change({ settling: 'momentum', momentum: 0, steps: 7 }), change({ steps: 7 }), 1e-14);
  });

  test('the probe reads the energy of each layer as it has settled', async () => {
    const own = { precision: 2, steps: 6 };
    const network = await createNetwork({
      ...{ rule, ...sizes, ...settings, weights: single(weights), parameters: own },
      rates: rates(rule, { eta0: 0.1 }, settings),
    });
    const data = samplesOf({ X: samples.X.flat(), inputs: sizes.inputs, Y: samples.Y.flat(), labels: sizes.labels });
    const read = (await createProbe('energy', network, data))();
    const each = statesOf(settings, weights, own).map((v) => energies(settings, weights, v, own));
    const mean = (of: (one: (typeof each)[number]) => number) =>
      each.reduce((sum, one) => sum + of(one), 0) / each.length;
    const expected = [mean(({ total }) => total), ...each[0]!.layers.map((_, i) => mean(({ layers }) => layers[i]!))];
    expect(Object.keys(read)).toEqual(['energy.total', ...each[0]!.layers.map((_, i) => `energy.layer${i + 1}`)]);
    expect(relativeError(Object.values(read), expected)).toBeLessThan(1e-5);
  });
});

const single = (weights: Weights) =>
  Object.fromEntries(
    Object.entries(weights).map(([name, { rows, cols, data }]) => [
      name,
      { rows, cols, data: Float32Array.from(data) },
    ]),
  );

test('one linear hidden layer that has settled: ε2 = (I + W2 W2ᵀ)⁻¹ (y − p), ε1 = W2ᵀ ε2', () => {
  const settings: CircuitSettings = { hidden: [5], biases: false };
  const weights = randomWeights(rule, settings, 4);
  const [W1, W2] = [weights.W1!, weights.W2!];
  const [n, k] = [W2.rows, W2.cols];
  const A = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    const dot = Array.from({ length: k }, (__, c) => W2.data[i * k + c]! * W2.data[j * k + c]!);
    return Number(i === j) + dot.reduce((sum, each) => sum + each, 0);
  });
  const mean: Record<string, number[]> = { W1: Array(W1.data.length).fill(0), W2: Array(W2.data.length).fill(0) };
  for (const [s, x] of samples.X.entries()) {
    const u = times(W1, x);
    const error = zip(samples.Y[s]!, times(W2, u), (y, p) => y - p);
    const epsilon2 = [...solve(A.slice(), Float64Array.from(error))];
    const epsilon1 = u.map((_, j) => epsilon2.reduce((sum, each, i) => sum + W2.data[i * k + j]! * each, 0));
    const v = zip(u, epsilon1, (a, b) => a + b);
    for (const [i, e] of epsilon2.entries()) for (const [j, h] of v.entries()) mean.W2![i * k + j]! += (e * h) / 3;
    for (const [i, e] of epsilon1.entries())
      for (const [j, h] of x.entries()) mean.W1![i * x.length + j]! += (e * h) / 3;
  }
  expectSame(changesOf(rule, settings, weights, samples, { gamma: 0.1, steps: 2000 }), mean, 1e-10);
});

test('a state that diverges is named, with its layer, its step and its sample; nothing is learned from it', async () => {
  const settings: CircuitSettings = { hidden: [5, 4], activation: 'relu' };
  const network = await createNetwork({
    ...{ rule, ...sizes, ...settings, batch: 3, seed: 2, parameters: { gamma: 40, steps: 60 } },
    rates: rates(rule, { eta0: 0.1 }, settings),
  });
  const before = network.snapshot();
  const X = [0, 0, 0, 0, ...samples.X[0]!, 0, 0, 0, 0];
  const Y = [0, 0, 0, ...samples.Y[0]!, 0, 0, 0]; // the others are at rest
  let failure: unknown;
  try {
    network.partialFit(X, Y);
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(DivergenceError);
  const { state, sample, message } = failure as DivergenceError;
  expect(state).toMatchObject({ sample: 1 });
  expect(state!.population).toBe(`hidden ${state!.state.slice(1)}`);
  expect(sample).toBe(2);
  expect(message).toBe(
    `predictive-coding diverged at sample 2: ${state!.state} at ${state!.population} is no longer finite after step ${state!.steps} of settling; use smaller steps of settling, or smaller learning rates`,
  );
  expect(network.snapshot()).toEqual(before);
});
