import { describe, expect, test } from 'vitest';
import { type CircuitSettings, createNetwork, findRule, layOut, type Numbers } from '../../src/index.ts';
import { rates, relativeError } from '../fixtures.ts';
import { vectors } from '../readings.ts';
import { labelled } from '../registry.ts';
import { randomWeights, readingAt, sizes, type Weights } from './changes.ts';

const rule = 'dendritic-microcircuit';
const [gL, gB, gA, gD, gSom] = [0.1, 1, 0.28, 1, 0.34];
const [alpha, alphaTop, alphaI] = [gB / (gL + gB + gA), gB / (gL + gB), gD / (gL + gD)];
const [lambdaTop, lambdaI] = [gSom / (gL + gB + gSom), gSom / (gL + gD + gSom)];
const sigmoid = (u: number) => 1 / (1 + Math.exp(-u));
const { X } = labelled('sigmoid', 5, { count: 3, ...sizes });

/** W v of lists. */
function times({ rows, cols, data }: Numbers, v: readonly number[]): number[] {
  return Array.from({ length: rows }, (_, i) => v.reduce((sum, each, j) => sum + data[i * cols + j]! * each, 0));
}

/** What signals of a name are for a sample, of the last pass. */
function lookAt(settings: CircuitSettings, weights: Weights, x: readonly number[], y: readonly number[]) {
  const { circuit, behaviour } = layOut(findRule(rule), settings, sizes);
  const { signals } = circuit.trace((of, label) => void behaviour.learn(of, label));
  const { signals: values, changes } = readingAt(rule, settings, weights).respond(vectors([x]), vectors([y]));
  const signal = (symbol: string): number[] => [...values[signals.findLast((each) => each.symbol === symbol)!.id]![0]!];
  return { signal, changes };
}

/** What the network predicts of an input. */
function predicted(settings: CircuitSettings, weights: Weights, x: readonly number[]): number[] {
  const { circuit, behaviour } = layOut(findRule(rule), settings, sizes);
  const trace = circuit.trace(behaviour.predict!);
  return [...readingAt(rule, settings, weights).compute(trace, vectors([x]))[trace.result!]![0]!];
}

/** Weights that predict themselves: forward and feedback weights at random, the rest as the rule starts. */
function selfPredicting(settings: CircuitSettings): Weights {
  const all = randomWeights(rule, settings, 3);
  const given = Object.fromEntries(Object.entries(all).filter(([name]) => /^[WbB]\d/.test(name)));
  return readingAt(rule, settings, given).weights();
}

describe.each<CircuitSettings>([
  { hidden: [5], biases: true, activation: 'sigmoid' },
  { hidden: [5, 4], biases: true, activation: 'tanh' },
  { hidden: [3, 4, 2], biases: false, activation: 'softplus', parameters: { passes: 4, silence: true } },
])('$hidden $activation', (settings) => {
  const weights = selfPredicting(settings);
  const layers = settings.hidden as readonly number[];

  test('at the start WPI is −B, and WIP and bIP what interneurons need to foresee the layer above', async () => {
    const network = await createNetwork({
      ...{ rule, ...sizes, ...settings, seed: 4 },
      rates: rates(rule, { eta0: 1 }, settings),
    });
    for (const start of [weights, network.weights()]) {
      for (const [i] of layers.entries()) {
        const [l, foreseen] = [i + 1, (i + 1 === layers.length ? alphaTop : alpha) / alphaI];
        const pairs = [
          [`WPI${l}`, `B${l}`, -1],
          [`WIP${l}`, `W${l + 1}`, foreseen],
          ...(settings.biases ? [[`bIP${l}`, `b${l + 1}`, foreseen] as const] : []),
        ] as const;
        for (const [name, of, factor] of pairs) {
          const expected = Array.from(start[of]!.data, (value) => factor * value);
          const error = Array.from(start[name]!.data, (value, at) => Math.abs(value - expected[at]!));
          expect(Math.max(...error), name).toBeLessThan(1e-6);
        }
      }
    }
  });

  test('where the label is what is predicted, apical dendrites are silent, interneurons are as the layer above, and nothing is learned', () => {
    const x = X[0]!;
    const { signal, changes } = lookAt(settings, weights, x, predicted(settings, weights, x));
    for (const [i] of layers.entries()) {
      expect(Math.max(...signal(`vA${i + 1}`).map(Math.abs))).toBeLessThan(1e-14);
      expect(relativeError(signal(`uI${i + 1}`), signal(`u${i + 2}`))).toBeLessThan(1e-13);
    }
    for (const { data } of Object.values(changes)) expect(Math.max(...data.map(Math.abs))).toBeLessThan(1e-14);
    const other = lookAt(settings, weights, x, [1, 0, 0]);
    expect(Math.max(...other.signal(`vA${layers.length}`).map(Math.abs))).toBeGreaterThan(1e-3);
  });
});

test('a weak target makes feedback alignment on potentials: vA = λO (1 − λI) B (φ′ ⊙ (target − u)), to first order', () => {
  const settings: CircuitSettings = { hidden: [5], biases: true, activation: 'sigmoid' };
  const weights = selfPredicting(settings);
  const [x, way] = [X[1]!, [0.7, -0.4, 0.2]];
  const resting = predicted(settings, weights, x);
  const error = (size: number) => {
    const target = resting.map((each, i) => each + size * way[i]!);
    const { signal } = lookAt(settings, weights, x, target);
    const u = signal('vB2').map((value) => alphaTop * value); // without the target
    const delta = u.map((each, i) => sigmoid(each) * sigmoid(-each) * (target[i]! - each));
    const expected = times(weights.B1!, delta).map((value) => lambdaTop * (1 - lambdaI) * value);
    return relativeError(signal('vA1'), expected);
  };
  expect(error(1e-5)).toBeLessThan(1e-4);
  expect(error(1e-3) / error(1e-5) / 100).toBeCloseTo(1, 0);
});

test.each([0, 1])('many passes come to the rest state of the dynamics, whatever the weights: sample %d', (t) => {
  const settings: CircuitSettings = {
    hidden: [5, 4],
    biases: true,
    activation: 'sigmoid',
    parameters: { passes: 200 },
  };
  const weights = randomWeights(rule, settings, 8);
  const x = X[t]!;
  const y = [0.1, 1, 0.1];
  const { signal } = lookAt(settings, { ...weights, T1: identity(4), T2: identity(3) }, x, y);
  const [u1, u2, u3] = [signal('u1'), signal('u2'), signal('u3')];
  const [uI1, uI2] = [signal('uI1'), signal('uI2')];
  const r = (u: readonly number[]) => u.map(sigmoid);
  const current = (W: string, b: string, below: readonly number[]) => {
    return times(weights[W]!, below).map((value, i) => value + weights[b]!.data[i]!);
  };
  const apical = (l: number, above: readonly number[], inter: readonly number[]) => {
    const silenced = times(weights[`WPI${l}`]!, r(inter));
    return times(weights[`B${l}`]!, r(above)).map((value, i) => value + silenced[i]!);
  };
  /** −gL u + Σ g (v − u), of every cell. */
  const still = (u: readonly number[], ...inputs: readonly (readonly [number, readonly number[]])[]) =>
    u.map((own, i) => inputs.reduce((sum, [g, v]) => sum + g * (v[i]! - own), -gL * own));
  const changes = [
    still(u1, [gB, current('W1', 'b1', x)], [gA, apical(1, u2, uI1)]),
    still(u2, [gB, current('W2', 'b2', r(u1))], [gA, apical(2, u3, uI2)]),
    still(u3, [gB, current('W3', 'b3', r(u2))], [gSom, y]),
    still(uI1, [gD, current('WIP1', 'bIP1', r(u1))], [gSom, u2]),
    still(uI2, [gD, current('WIP2', 'bIP2', r(u2))], [gSom, u3]),
  ];
  for (const each of changes) expect(Math.max(...each.map(Math.abs))).toBeLessThan(1e-12);
});

function identity(n: number): Numbers {
  return { rows: n, cols: n, data: Array.from({ length: n * n }, (_, at) => Number(at % (n + 1) === 0)) };
}
