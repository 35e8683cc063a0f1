import { describe, expect, test } from 'vitest';
import {
  activationNames,
  type CircuitSettings,
  createNetwork,
  createProbe,
  findRule,
  fittingProbes,
  layOut,
  type Numbers,
  Reading,
  ruleNames,
  samplesOf,
} from '../../src/index.ts';
import type { NoiseSource } from '../../src/network/plain/noise.ts';
import { solve } from '../../src/solve.ts';
import { rates, relativeError } from '../fixtures.ts';
import { readingOf, vectors } from '../readings.ts';
import { labelled } from '../registry.ts';
import { changesOf, randomWeights, sizes, transpose, type Weights } from './changes.ts';

// What holds of target propagation and difference target propagation.

const rules = ['target-propagation', 'difference-target-propagation'] as const;
const targetRate = 0.3;
const parameters = { targetRate, sigma: 0.4 };

/** What a circuit of the rule computes for the samples, by symbol, one row a sample, and what it changes. */
function responseOf(
  rule: string,
  settings: CircuitSettings,
  weights: Weights,
  { X, Y }: { readonly X: readonly number[][]; readonly Y: readonly number[][] },
  noise?: NoiseSource,
) {
  const laidOut = layOut(findRule(rule), settings, sizes);
  const reading = new Reading({ ...laidOut, plasticity: new Map() }, { weights, ...(noise && { noise }) });
  const { signals, changes } = reading.respond(vectors(X), vectors(Y));
  const trace = laidOut.circuit.trace((x, y) => void laidOut.behaviour.learn(x, y));
  const found = (wanted: (signal: (typeof trace.signals)[number]) => boolean) => {
    return signals[trace.signals.findLast(wanted)!.id]!.map((row) => [...row]);
  };
  return {
    changes: Object.fromEntries(Object.entries(changes).map(([name, { data }]) => [name, [...data]])),
    of: (symbol: string) => found((signal) => signal.symbol === symbol),
    residual: (name: string) => found((signal) => signal.residual === name),
  };
}

/** A B. */
function product(A: Numbers, B: Numbers): Numbers {
  const data = Array.from({ length: A.rows * B.cols }, (_, at) => {
    const [row, col] = [Math.floor(at / B.cols), at % B.cols];
    let sum = 0;
    for (let k = 0; k < A.cols; k++) sum += A.data[row * A.cols + k]! * B.data[k * B.cols + col]!;
    return sum;
  });
  return { rows: A.rows, cols: B.cols, data };
}

function inverse({ rows, data }: Numbers): Numbers {
  const columns = Array.from({ length: rows }, (_, j) =>
    solve(
      Float64Array.from(data),
      Float64Array.from({ length: rows }, (_, i) => Number(i === j)),
    ),
  );
  return transpose({ rows, cols: rows, data: columns.flatMap((column) => [...column]) });
}

/** C Wᵀ (W C Wᵀ)⁻¹, the best linear inverse of W for codes of this second moment; W⁺ without one. */
function bestInverse(W: Numbers, C?: Numbers): Numbers {
  const CWt = C ? product(C, transpose(W)) : transpose(W);
  return product(CWt, inverse(product(W, CWt)));
}

function matrix(rows: readonly (readonly number[])[]): Numbers {
  return { rows: rows.length, cols: rows[0]!.length, data: rows.flat() };
}

const minus = (a: readonly number[][], b: readonly number[][]) => a.map((row, s) => row.map((v, i) => v - b[s]![i]!));
const largest = (data: readonly number[]) => Math.max(...data.map(Math.abs));
const hidden = (names: readonly string[], depth: number) =>
  names.filter((name) => /^[Wb]\d+$/.test(name) && Number(name.slice(1)) <= depth);

describe.each([
  { activation: 'tanh', output: 'softmax' },
  { activation: 'sigmoid', output: 'sigmoid', loss: 'squared' },
  { activation: 'softplus', output: 'linear', inverseActivation: 'linear' },
] as const)('where nothing is wrong: $activation, $output', ({ inverseActivation = 'own', ...units }) => {
  const settings: CircuitSettings = {
    ...{ hidden: [5, 4, 3], ...units },
    parameters: { ...parameters, inverseActivation },
  };
  const { X } = labelled('linear', 2, { count: 4, ...sizes });
  /** The labels are what is predicted. */
  const right = (rule: string, weights: Weights) => {
    const { circuit, behaviour, ...laidOut } = layOut(findRule(rule), settings, sizes);
    const trace = circuit.trace(behaviour.predict!);
    const reading = new Reading({ circuit, behaviour, ...laidOut, plasticity: new Map() }, { weights });
    return { X, Y: reading.compute(trace, vectors(X))[trace.result!]!.map((row) => [...row]) };
  };

  test('difference target propagation changes no layer, however poor its inverses', () => {
    const weights = randomWeights('difference-target-propagation', settings, 4);
    const samples = right('difference-target-propagation', weights);
    const { changes } = responseOf('difference-target-propagation', settings, weights, samples);
    for (const name of hidden(Object.keys(changes), 4)) expect(largest(changes[name]!), name).toBeLessThan(1e-15);
    expect(largest(changes.V1!)).toBeGreaterThan(0.01);
  });

  test('target propagation changes those below the last hidden layer, as its inverses are not exact', () => {
    const weights = randomWeights('target-propagation', settings, 4);
    const { changes } = responseOf('target-propagation', settings, weights, right('target-propagation', weights));
    for (const name of ['W3', 'W4']) expect(largest(changes[name]!), name).toBeLessThan(1e-15);
    for (const name of ['W1', 'W2']) expect(largest(changes[name]!), name).toBeGreaterThan(0.01);
  });
});

test.each(rules)('%s with one hidden layer, which needs no inverse, is backprop with a rate of 2 η̂ there', (rule) => {
  const settings: CircuitSettings = { hidden: [5], activation: 'tanh', output: 'softmax' };
  const samples = labelled('softmax', 3, { count: 4, ...sizes });
  const weights = randomWeights(rule, settings, 1);
  const own = changesOf(rule, settings, weights, samples, parameters);
  const backprop = changesOf('backprop', settings, weights, samples);
  expect(Object.keys(own).toSorted()).toEqual(Object.keys(backprop).toSorted());
  for (const [name, data] of Object.entries(backprop)) {
    const factor = hidden([name], 1).length > 0 ? 2 * targetRate : 1;
    const expected = data.map((value) => factor * value);
    expect(relativeError(own[name]!, expected), name).toBeLessThan(1e-13);
  }
});

describe('linear layers and inverses, of differences', () => {
  const settings: CircuitSettings = { hidden: [5, 4, 3], output: 'softmax', parameters };
  const rule = 'difference-target-propagation';
  const samples = labelled('softmax', 5, { count: 4, ...sizes });
  const weights = randomWeights(rule, settings, 6);

  test('V_l = W_{l+1}ᵀ: d_l = 2 η̂ δ_l, so that it is backprop at 2 η̂ times the rate', () => {
    const mirrored = { ...weights, V1: transpose(weights.W2!), V2: transpose(weights.W3!) };
    const { changes } = responseOf(rule, settings, mirrored, samples);
    const forward = Object.fromEntries(Object.entries(weights).filter(([name]) => /^[Wb]/.test(name)));
    const backprop = changesOf('backprop', { ...settings, parameters: {} }, forward, samples);
    for (const name of hidden(Object.keys(backprop), 3)) {
      const expected = backprop[name]!.map((value) => 2 * targetRate * value);
      expect(relativeError(changes[name]!, expected), name).toBeLessThan(1e-12);
    }
  });

  test('V_l = W_{l+1}⁺, whatever c: the Gauss–Newton step, by which the layer above would meet its target', () => {
    const pseudo = { ...weights, V1: bestInverse(weights.W2!), V2: bestInverse(weights.W3!) };
    const { of } = responseOf(rule, settings, pseudo, samples);
    for (const l of [1, 2]) {
      const W = weights[`W${l + 1}`]!;
      const step = matrix(minus(of(`ĥ${l}`), of(`h${l}`)));
      const wanted = minus(of(`ĥ${l + 1}`), of(`h${l + 1}`));
      expect(relativeError(product(step, transpose(W)).data, wanted.flat())).toBeLessThan(1e-12);
      // Of all steps that meet it the shortest: it lies in the span of W's rows.
      const within = product(step, transpose(product(bestInverse(W), W)));
      expect(relativeError(within.data, [...(step.data as number[])])).toBeLessThan(1e-12);
    }
  });
});

test('exact inverses: plain and difference target propagation are the same, and inverses have nothing to learn', () => {
  const settings: CircuitSettings = { hidden: [4, 4, 4], output: 'sigmoid', parameters };
  const samples = labelled('sigmoid', 8, { count: 5, ...sizes });
  const weights: Record<string, Numbers> = randomWeights('target-propagation', settings, 2);
  for (const l of [1, 2]) {
    const V = inverse(weights[`W${l + 1}`]!);
    const { data } = product(V, weights[`b${l + 1}`]!);
    Object.assign(weights, { [`V${l}`]: V, [`c${l}`]: { rows: 4, cols: 1, data: Array.from(data, (c) => -c) } });
  }
  const [plain, difference] = rules.map((rule) => responseOf(rule, settings, weights, samples).changes);
  for (const [name, data] of Object.entries(difference!)) {
    if (/^[Vc]/.test(name)) expect(largest(data), name).toBeLessThan(1e-12);
    expect(Math.max(...data.map((value, i) => Math.abs(value - plain![name]![i]!))), name).toBeLessThan(1e-12);
  }
  expect(largest(plain!.W1!)).toBeGreaterThan(1e-3);
});

describe('the best linear inverse of a linear layer has nothing to learn', () => {
  const settings: CircuitSettings = { hidden: [5, 3], biases: false, parameters };
  const rule = 'target-propagation';
  const weights = randomWeights(rule, settings, 3);

  test('V = C Wᵀ (W C Wᵀ)⁻¹, C = ⟨h̃ h̃ᵀ⟩', () => {
    const samples = labelled('linear', 4, { count: 30, ...sizes });
    const { of, changes } = responseOf(rule, settings, weights, samples);
    expect(largest(changes.V1!)).toBeGreaterThan(0.01);
    const codes = matrix(of('h̃1'));
    const moment = product(transpose(codes), codes);
    const best = { ...weights, V1: bestInverse(weights.W2!, moment) };
    expect(largest(responseOf(rule, settings, best, samples).changes.V1!)).toBeLessThan(1e-13);
  });

  test('W⁺ where codes are white', () => {
    const samples = labelled('linear', 4, { count: 5, ...sizes });
    const silent = { ...weights, W1: { ...weights.W1!, data: new Array(20).fill(0) }, V1: bestInverse(weights.W2!) };
    // One cell after the other: ⟨h̃ h̃ᵀ⟩ = I / 5.
    const oneByOne: NoiseSource = (_name, _distribution, length) =>
      Array.from({ length }, (_, at) => Number(Math.floor(at / 5) === at % 5));
    expect(largest(responseOf(rule, settings, silent, samples, oneByOne).changes.V1!)).toBeLessThan(1e-13);
    const other = { ...silent, V1: transpose(weights.W2!) };
    expect(largest(responseOf(rule, settings, other, samples, oneByOne).changes.V1!)).toBeGreaterThan(0.01);
  });
});

test.each(activationNames)('what inverses of %s units learn is minus the gradient of what they miss', (activation) => {
  const rule = 'difference-target-propagation';
  const settings: CircuitSettings = {
    ...{ hidden: [4, 3, 3], activation: 'tanh', output: 'softmax' },
    parameters: { ...parameters, inverseActivation: activation },
  };
  const samples = labelled('softmax', 9, { count: 3, ...sizes });
  const weights = randomWeights(rule, settings, 7);
  /** Σ_l ‖h̃_l − r_l‖², its mean over the samples, at the weights with one number of one matrix moved. */
  const missed = (name: string, at: number, by: number) => {
    const W = weights[name]!;
    const data = Array.from(W.data, (value, i) => (i === at ? value + by : value));
    const { residual } = responseOf(rule, settings, { ...weights, [name]: { ...W, data } }, samples);
    return ['V1', 'V2'].flatMap((each) => residual(each).flat()).reduce((sum, v) => sum + v * v, 0) / samples.X.length;
  };
  const { changes } = responseOf(rule, settings, weights, samples);
  const step = 1e-5;
  for (const name of ['V1', 'c1', 'V2', 'c2']) {
    const slopes = changes[name]!.map((_, at) => (missed(name, at, step) - missed(name, at, -step)) / (2 * step));
    const expected = slopes.map((slope) => -slope);
    expect(relativeError(changes[name]!, expected), name).toBeLessThan(1e-7);
  }
});

describe('the probe of residuals', () => {
  const settings: CircuitSettings = { hidden: [6, 5, 4], activation: 'tanh', output: 'softmax', parameters };
  const rule = 'difference-target-propagation';
  const options = { rule, ...sizes, ...settings, seed: 5, batch: 4, rates: rates(rule, { eta0: 0.1 }, settings) };
  const { X, Y } = labelled('softmax', 6, { count: 40, ...sizes });
  const samples = samplesOf({ X: X.flat(), Y: Y.flat(), inputs: sizes.inputs, labels: sizes.labels });

  test('reads the mean of what each inverse misses, squared, as the float64 reading does; learning lowers it', async () => {
    const network = await createNetwork(options);
    const probe = await createProbe('residuals', network, samples);
    const before = probe();
    const { blueprint } = network;
    const { signals } = blueprint.circuit.trace((x, y) => void blueprint.behaviour.learn(x, y));
    const values = readingOf(network, { seed: 5 }).respond(vectors(X), vectors(Y)).signals;
    for (const name of ['V1', 'V2']) {
      const missed = values[signals.find(({ residual }) => residual === name)!.id]!;
      const mean = missed.reduce((sum, row) => sum + row.reduce((own, v) => own + v * v, 0), 0) / X.length;
      expect(before[`residuals.${name}`]! / mean, name).toBeCloseTo(1, 4);
    }
    network.fit(X.flat(), Y.flat(), { epochs: 30 });
    const after = probe();
    expect(Object.keys(after)).toEqual(['residuals.V1', 'residuals.V2']);
    for (const name of Object.keys(after)) expect(after[name], name).toBeLessThan(0.7 * before[name]!);
  });

  test('fits networks that have some, and no others', () => {
    const fitting = ruleNames.filter((name) => {
      const depth = findRule(name).shape.depth === 'any' ? [3, 3] : 3;
      return fittingProbes({ rule: name, hidden: depth }).includes('residuals');
    });
    for (const name of rules) expect(fitting).toContain(name);
    expect(fitting).not.toContain('backprop');
    expect(fittingProbes({ rule, hidden: 3 })).not.toContain('residuals');
  });

  test('a rule has no two residuals of one name', () => {
    const { circuit } = layOut(findRule('backprop'), { hidden: 2 });
    circuit.trace((x) => {
      x.residual('V1');
      expect(() => x.times(2).residual('V1')).toThrow('the rule has two residuals called V1');
      return x;
    });
  });
});

test('the alignment probe compares what layers learn with backprop, and inverses with the layers that they undo', async () => {
  const settings: CircuitSettings = { hidden: [5, 4], output: 'softmax', parameters: { ...parameters, sigma: 0 } };
  const rule = 'difference-target-propagation';
  const network = await createNetwork({
    ...{ rule, ...sizes, ...settings, seed: 2, rates: rates(rule, { eta0: 0.1 }, settings) },
  });
  const { W2, ...weights } = network.weights();
  const V1 = { rows: W2!.cols, cols: W2!.rows, data: Float32Array.from(transpose(W2!).data) };
  const { X, Y } = labelled('softmax', 6, { count: 20, ...sizes });
  const samples = samplesOf({ X: X.flat(), Y: Y.flat(), inputs: sizes.inputs, labels: sizes.labels });
  const mirrored = await createNetwork({
    ...{ rule, ...sizes, ...settings, rates: rates(rule, { eta0: 0.1 }, settings) },
    weights: { ...weights, W2: W2!, V1 },
  });
  const readings = (await createProbe('alignment', mirrored, samples))();
  for (const l of [1, 2]) {
    expect(readings[`alignment.W${l}.update`]).toBeCloseTo(0, 1);
    expect(readings[`alignment.W${l}.update.ratio`]).toBeCloseTo(2 * targetRate, 4);
    expect(readings[`alignment.W${l}.signal.per-sample`]).toBeCloseTo(0, 1);
  }
  expect(readings['alignment.V1.weights']).toBeCloseTo(0, 1);
  const other = (await createProbe('alignment', network, samples))();
  expect(other['alignment.W1.update']).toBeGreaterThan(5);
});
