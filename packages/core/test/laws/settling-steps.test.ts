import { describe, expect, test } from 'vitest';
import {
  type CircuitSettings,
  createNetwork,
  createProbe,
  DivergenceError,
  fittingProbes,
  type Numbers,
  type ParameterValue,
  samplesOf,
  settlingCurvature,
  settlingSteps,
  settlingWarning,
} from '../../src/index.ts';
import { rates } from '../fixtures.ts';
import { labelled } from '../registry.ts';
import { changesOf, sizes } from './changes.ts';

type Own = Readonly<Record<string, ParameterValue>>;

const predictive = 'predictive-coding';
const constrained = 'constrained-predictive-coding';
const rows = labelled('linear', 7, { count: 3, ...sizes });
const data = samplesOf({ X: rows.X.flat(), inputs: sizes.inputs, Y: rows.Y.flat(), labels: sizes.labels });

async function networkOf(rule: string, settings: CircuitSettings, parameters: Own) {
  const options = { rule, ...sizes, ...settings, parameters, seed: 5 };
  return await createNetwork({ ...options, rates: rates(rule, { eta0: 0.1 }, settings) });
}

async function read(probe: string, network: Awaited<ReturnType<typeof networkOf>>) {
  return (await createProbe(probe, network, data))();
}

const circuits: [string, CircuitSettings, Own][] = [
  [predictive, { hidden: [5, 3], activation: 'tanh' }, { gamma: 0.2 }],
  [predictive, { hidden: [5, 3], activation: 'softplus' }, { settling: 'momentum', momentum: 0.5 }],
  [predictive, { hidden: [4], activation: 'sigmoid' }, { settling: 'adam', outputs: 'nudged', gamma: 0.01 }],
  [constrained, { hidden: [4, 3], activation: 'tanh' }, { radius: 0.5 }],
];

describe.each(circuits)('%s, %o, %o', (rule, settings, own) => {
  test('with a tolerance each sample learns as it does after as many steps as it takes', async () => {
    const parameters = { ...own, steps: 400, tolerance: 0.02 };
    const network = await networkOf(rule, settings, parameters);
    const weights = network.weights();
    const taken = settlingSteps(network, data);
    expect(new Set(taken).size).toBeGreaterThan(1);
    for (const [s, steps] of taken.entries()) {
      expect(steps).toBeGreaterThan(0);
      expect(steps).toBeLessThan(400);
      const alone = { X: [rows.X[s]!], Y: [rows.Y[s]!] };
      const stopped = changesOf(rule, settings, weights, alone, parameters);
      expect(stopped).toEqual(changesOf(rule, settings, weights, alone, { ...parameters, tolerance: 0, steps }));
    }
    expect(await read('settling-steps', network)).toEqual({
      'settling-steps.mean': taken.reduce((sum, each) => sum + each, 0) / taken.length,
      'settling-steps.smallest': Math.min(...taken),
      'settling-steps.largest': Math.max(...taken),
    });
  });

  test('the energy after each step is that of a network that takes as many; at rest it stays', async () => {
    const parameters = { ...own, steps: 5 };
    const network = await networkOf(rule, settings, parameters);
    const found = await read('energy-steps', network);
    for (let steps = 1; steps <= 5; steps++) {
      const other = await networkOf(rule, settings, { ...parameters, steps });
      for (const [name, value] of Object.entries(await read('energy', other))) {
        expect(found[`${name.replace('energy.', 'energy-steps.')}.step${steps}`], name).toBe(value);
      }
    }
    const stopping = await networkOf(rule, settings, { ...parameters, steps: 80, tolerance: 0.05 });
    const taken = settlingSteps(stopping, data);
    const energies = await read('energy-steps', stopping);
    const { 'energy.total': end } = await read('energy', stopping);
    for (let k = Math.max(...taken); k <= 80; k++) expect(energies[`energy-steps.total.step${k}`]).toBe(end);
    expect(energies[`energy-steps.total.step${Math.max(...taken) - 1}`]).not.toBe(end);
  });
});

test('before any step, the energy of predictive coding is that of the output alone', async () => {
  const network = await networkOf(predictive, { hidden: [5, 3], activation: 'tanh' }, { outputPrecision: 2 });
  const found = await read('energy-steps', network);
  expect(found['energy-steps.layer1.step0']).toBe(0);
  expect(found['energy-steps.layer2.step0']).toBe(0);
  expect(found['energy-steps.layer3.step0']).toBeCloseTo(network.totalLoss(data) / data.count, 5);
});

describe('the curvature where settling begins', () => {
  const linear: CircuitSettings = { hidden: [5], biases: false };

  /** ‖W‖², by hand: the largest eigenvalue of W Wᵀ by powers of it. */
  function squaredNorm({ rows: r, cols, data: numbers }: Numbers): number {
    let v = Array.from({ length: r }, (_, i) => 1 + 0.1 * i);
    let norm = 0;
    for (let i = 0; i < 500; i++) {
      const back = Array.from({ length: cols }, (_, j) => v.reduce((sum, e, k) => sum + e * numbers[k * cols + j]!, 0));
      const there = v.map((_, k) => back.reduce((sum, e, j) => sum + e * numbers[k * cols + j]!, 0));
      norm = Math.hypot(...there);
      v = there.map((e) => e / norm);
    }
    return norm;
  }

  test.each<[Own, (W2: number) => number]>([
    [{ precision: 1.5, outputPrecision: 2 }, (W2) => 1.5 + 2 * W2],
    [{ prediction: 'fixed', precision: 1.5 }, () => 1.5],
    [{ prediction: 'fixed', outputs: 'nudged', nudge: 3 }, () => 4],
  ])('of one linear hidden layer, %o', async (own, expected) => {
    const network = await networkOf(predictive, linear, own);
    const curvature = expected(squaredNorm(network.weights().W2!));
    const { largest, stableBelow } = settlingCurvature(network, data)!;
    expect(largest / curvature).toBeCloseTo(1, 6);
    expect(stableBelow).toBe(20);
  });

  test('of constrained predictive coding of one linear hidden layer: 1 + ‖Q‖²', async () => {
    const network = await networkOf(constrained, { hidden: [4] }, { gamma: 0.25 });
    const { largest, stableBelow } = settlingCurvature(network, data)!;
    expect(largest / (1 + squaredNorm(network.weights().Q1!))).toBeCloseTo(1, 6);
    expect(stableBelow).toBe(8);
  });

  test.each<[string, CircuitSettings, Own]>([
    [predictive, { hidden: [40, 30], biases: true }, {}],
    [predictive, linear, { outputs: 'nudged' }],
    [predictive, linear, { settling: 'momentum', momentum: 0.6 }],
    [constrained, { hidden: [6] }, {}],
    [constrained, { hidden: [6] }, { settling: 'momentum', momentum: 0.3 }],
  ])('tells where steps stop to settle: %s, %o, %o', async (rule, settings, own) => {
    const curvature = settlingCurvature(await networkOf(rule, settings, own), data)!;
    const stable = (curvature.stableBelow! * 0.1) / curvature.largest; // γ is 0.1
    const energies = async (gamma: number) => {
      const network = await networkOf(rule, settings, { ...own, gamma, steps: 3000 });
      const found = await read('energy-steps', network);
      return [2000, 3000].map((k) => found[`energy-steps.total.step${k}`]!);
    };
    const [calm, calmer] = await energies(0.98 * stable);
    expect(calmer! / calm!).toBeCloseTo(1, 4);
    await expect(energies(1.02 * stable)).rejects.toThrow(DivergenceError);
    const warned = await networkOf(rule, settings, { ...own, gamma: 1.02 * stable });
    const [three, most] = [1.02 * stable, stable].map((gamma) => String(Number(gamma.toPrecision(3))));
    expect(settlingWarning(warned, data)).toMatch(
      new RegExp(
        `^steps of settling are too large where it begins: the curvature is [\\d.]+, and they settle where it is below [\\d.]+; gamma is ${three}: use less than ${most}, or smaller weights and learning rates$`,
      ),
    );
    expect(settlingWarning(await networkOf(rule, settings, { ...own, gamma: 0.98 * stable }), data)).toBeUndefined();
  });

  test('has no bound with Adam, and is not known of rules that do not say what drives their states', async () => {
    const adam = await networkOf(predictive, linear, { settling: 'adam' });
    expect(Object.keys(await read('curvature', adam))).toEqual(['curvature.largest']);
    expect(settlingWarning(adam, data)).toBeUndefined();
    const passes = await networkOf('dendritic-microcircuit', { hidden: [4], activation: 'sigmoid' }, {});
    expect(settlingCurvature(passes, data)).toBeUndefined();
    expect(fittingProbes(passes)).not.toContain('curvature');
  });
});
