import { describe, expect, test } from 'vitest';
import { type CircuitSettings, findRule, layOut, type ParameterValue, Reading, type Rule } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { rates, relativeError } from '../fixtures.ts';
import { vectors } from '../readings.ts';
import { labelled, learningOf } from '../registry.ts';
import { randomWeights, readingAt, sizes, type Weights } from './changes.ts';

const rule = 'dendritic-microcircuit-dynamics';
const steady = 'dendritic-microcircuit';
const settings: CircuitSettings = { hidden: [5, 4], biases: true, activation: 'sigmoid' };
const { X } = labelled('sigmoid', 5, { count: 3, ...sizes });
const y = [0.1, 1, 0.1];

const withParameters = (parameters: Readonly<Record<string, ParameterValue>>) => ({ ...settings, parameters });

/** Weights that do not predict themselves, but for the synapses by which each interneuron is taught. */
const { T1: _, T2: __, ...weights } = randomWeights(steady, settings, 8);

/** Forward and feedback weights at random, the rest as the rule starts. */
const selfPredicting = Object.fromEntries(Object.entries(weights).filter(([name]) => /^[WbB]\d/.test(name)));

/** A reading that learns. */
function learner(start: Weights, parameters: Readonly<Record<string, ParameterValue>>) {
  const own = withParameters(parameters);
  const blueprint = planNetwork({ rule, ...sizes, ...own, rates: rates(rule, { eta0: 0.1 }, own) });
  return { reading: new Reading(blueprint, { weights: start }), blueprint };
}

function predicted(name: string, parameters: Readonly<Record<string, ParameterValue>>, start: Weights, x: number[]) {
  const own = withParameters(parameters);
  const { circuit, behaviour } = layOut(findRule(name) as Rule, own, sizes);
  const trace = circuit.trace(behaviour.predict!);
  return [...readingAt(name, own, start).compute(trace, vectors([x]))[trace.result!]![0]!];
}

describe('the rest state, whatever the weights', () => {
  const long = { lag: 400, plastic: 0 };
  const passes = { passes: 200 };

  test.each([0.5, 0.2])('is what many passes of the steady form come to, with a label, by steps of %d ms', (dt) => {
    const { reading } = learner(weights, { ...long, lag: 200 / dt, dt });
    reading.learn(vectors([X[0]!]), vectors([y]));
    const own = withParameters(passes);
    const { circuit, behaviour } = layOut(findRule(steady), own, sizes);
    const { signals } = circuit.trace((x, label) => void behaviour.learn(x, label));
    const values = readingAt(steady, own, weights).respond(vectors([X[0]!]), vectors([y])).signals;
    for (const name of ['u1', 'u2', 'u3', 'uI1', 'uI2']) {
      const expected = values[signals.findLast(({ symbol }) => symbol === name)!.id]![0]!;
      expect(relativeError(reading.weights()[name]!.data, [...expected]), name).toBeLessThan(1e-12);
    }
  });

  test('is what it predicts from, without a label', () => {
    const expected = predicted(steady, passes, weights, X[1]!);
    expect(relativeError(predicted(rule, long, weights, X[1]!), expected)).toBeLessThan(1e-12);
  });
});

describe('a network that predicts itself', () => {
  const x = X[2]!;
  const label = predicted(rule, { lag: 400 }, selfPredicting, x);

  /** The most by which a weight changes, and the apical potentials of the last step. */
  const learned = (lag: number) => {
    const { reading, blueprint } = learner(selfPredicting, { lag, plastic: 20, silence: true });
    const before = reading.weights();
    const values = reading.learn(vectors([x]), vectors([label]));
    const after = reading.weights();
    const changes = blueprint.circuit.allSynapses.flatMap(({ name }) =>
      Array.from(after[name]!.data, (value, i) => Math.abs(value - before[name]!.data[i]!)),
    );
    const { signals } = learningOf(blueprint);
    const apical = ['vA1', 'vA2'].flatMap((name) => [
      ...values[signals.findLast(({ symbol }) => symbol === name)!.id]![0]!,
    ]);
    return { change: Math.max(...changes), apical: Math.max(...apical.map(Math.abs)) };
  };

  test('is silent in its apical dendrites and learns nothing once it is at rest at what it predicts', () => {
    const { change, apical } = learned(400);
    expect(apical).toBeLessThan(1e-13);
    expect(change).toBeLessThan(1e-13);
  });

  test('learns from coming to rest, where synapses do not wait for it', () => {
    expect(learned(0).change).toBeGreaterThan(1e-3);
    expect(learned(40).change).toBeLessThan(0.05 * learned(0).change);
  });
});

test('potentials go on from sample to sample: one shown twice is one shown for twice as long', () => {
  const [twice, long] = [learner(weights, { lag: 15, plastic: 0 }), learner(weights, { lag: 30, plastic: 0 })];
  for (let t = 0; t < 2; t++) twice.reading.learn(vectors([X[0]!]), vectors([y]));
  long.reading.learn(vectors([X[0]!]), vectors([y]));
  expect(twice.reading.weights()).toEqual(long.reading.weights());
});
