import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  createProbe,
  DivergenceError,
  fittingProbes,
  type NetworkOptions,
  type ParameterValue,
  samplesOf,
  settlingCurvature,
} from '../src/index.ts';
import { rates } from './fixtures.ts';
import { readingOf, vectors } from './readings.ts';
import { labelled, learningOf } from './registry.ts';

type Own = Readonly<Record<string, ParameterValue>>;

const sizes = { inputs: 4, labels: 3 };
const { X, Y } = labelled('linear', 3, { count: 7, ...sizes });
const data = samplesOf({ X: X.flat(), inputs: sizes.inputs, Y: Y.flat(), labels: sizes.labels });
/** The largest float32. */
const most = 3.4028234663852886e38;

const rules: [string, Own, Partial<NetworkOptions>][] = [
  ['predictive-coding', {}, { hidden: [5, 4] }],
  ['predictive-coding', {}, { hidden: [5, 4, 3], activation: 'relu' }],
  ['predictive-coding', { settling: 'momentum' }, { hidden: [5, 4] }],
  ['predictive-coding', { outputs: 'nudged' }, { hidden: [5] }],
  ['predictive-coding', { prediction: 'fixed' }, { hidden: [5, 4], activation: 'tanh' }],
  ['predictive-coding', { weightsSee: 'before' }, { hidden: [5, 4] }],
  ['constrained-predictive-coding', {}, { hidden: [5] }],
  ['constrained-predictive-coding', { settling: 'momentum' }, { hidden: [5, 3] }],
];

function optionsOf(rule: string, parameters: Own, changes: Partial<NetworkOptions>): NetworkOptions {
  const settings = { rule, ...sizes, hidden: [5], parameters, seed: 2, ...changes };
  return { ...settings, rates: rates(rule, { eta0: 0.01 }, settings) };
}

function failureOf(run: () => unknown): DivergenceError {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(DivergenceError);
    return error as DivergenceError;
  }
  throw new TypeError('it did not diverge');
}

describe.each(rules)('%s, %o, %o', (rule, own, changes) => {
  const wild = { ...own, gamma: 20, steps: 60 };

  /** In float64: after so many steps, the largest number of the states of every sample of the batch that starts here. */
  async function largest(steps: number, first: number, count: number): Promise<readonly number[]> {
    const network = await createNetwork(optionsOf(rule, { ...wild, steps }, changes));
    const { signals } = readingOf(network).respond(
      vectors(X.slice(first, first + count)),
      vectors(Y.slice(first, first + count)),
    );
    const named = learningOf(network.blueprint).signals.filter(({ symbol = '' }) => /^[vz]\d$/.test(symbol));
    return Array.from({ length: count }, (_, s) =>
      Math.max(...named.flatMap(({ id }) => [...signals[id]![s]!].map(Math.abs))),
    );
  }

  test.each([1, 3])(
    'a batch of %i that diverges as it is learned: with which state, layer, step and sample',
    async (batch) => {
      const network = await createNetwork(optionsOf(rule, wild, { ...changes, batch }));
      const before = network.weights();
      const { state, sample, message } = failureOf(() => network.partialFit(X.flat(), Y.flat()));
      const l = state!.state.slice(1);
      expect(state!.state).toMatch(/^[vz]\d$/);
      const depth = (changes.hidden as number[]).length;
      const place = rule === 'predictive-coding' ? 'hidden' : 'pyramidal';
      expect(state!.population).toBe(Number(l) > depth ? 'label' : depth === 1 ? place : `${place} ${l}`);
      expect(sample).toBe(state!.sample + 1);
      expect(message).toContain(
        `${rule} diverged at sample ${sample}: ${state!.state} at ${state!.population} is no longer finite after step ${state!.steps} of settling`,
      );
      // What drives a state leaves the range of float32 before γ times it does.
      expect(Math.max(...(await largest(state!.steps! - 2, 0, batch)))).toBeLessThan(most);
      expect((await largest(state!.steps! + 1, 0, batch))[state!.sample]!).toBeGreaterThan(most);
      expect(network.weights()).toEqual(before);
    },
  );

  test('samples that diverge as they are measured, by every probe that has them settle', async () => {
    const network = await createNetwork(optionsOf(rule, wild, changes));
    const probes = fittingProbes(network).filter((name) => /^(energy|energy-steps|alignment)$/.test(name));
    expect(probes).toContain('energy');
    for (const name of probes) {
      const probe = await createProbe(name, network, data);
      const { state, sample, message } = failureOf(probe);
      expect(sample).toBe(0);
      expect(message).toBe(
        `${rule} diverged after 0 samples, when number ${state!.sample + 1} of those it was measured with was presented: ${state!.state} at ${state!.population} is no longer finite after step ${state!.steps} of settling; use smaller steps of settling, or smaller learning rates`,
      );
    }
  });
});

test('what Adam keeps, which would hold states still, is named with the state that it is kept for', async () => {
  const options = optionsOf('predictive-coding', { settling: 'adam', gamma: 1e30, steps: 9 }, { hidden: [5, 4] });
  const network = await createNetwork(options);
  const { state } = failureOf(() => network.partialFit(X.flat(), Y.flat()));
  expect(state!.state).toMatch(/^s\(v[12]\)$/);
  expect(state!.population).toBe(`hidden ${state!.state[3]}`);
});

test('weights that have left the range of numbers are not blamed on settling', async () => {
  const huge = { rows: 5, cols: 4, data: new Float32Array(20).fill(3e38) };
  const network = await createNetwork({
    ...optionsOf('predictive-coding', {}, { hidden: [5], biases: false }),
    weights: { W1: huge },
  });
  const { message } = failureOf(() => network.partialFit(X.flat(), Y.flat()));
  expect(message).toBe(
    'predictive-coding diverged at sample 1: v1 at hidden is not finite when settling begins; use smaller learning rates',
  );
});

test('an energy that is no number is reported, though states are finite', async () => {
  const network = await createNetwork(optionsOf('predictive-coding', { gamma: 20, steps: 16 }, { hidden: [5] }));
  expect(settlingCurvature(network, data)!.largest).toBeGreaterThan(1);
  const probe = await createProbe('energy', network, data);
  expect(failureOf(probe).message).toBe(
    'predictive-coding diverged after 0 samples, when number 1 of those it was measured with was presented: its signals are no longer finite numbers; use smaller learning rates',
  );
});

test('dendritic microcircuits in time, which predict by settling, too', async () => {
  const rule = 'dendritic-microcircuit-dynamics';
  const network = await createNetwork(
    optionsOf(rule, { dt: 60, lag: 50, plastic: 10 }, { hidden: [5, 4], activation: 'relu' }),
  );
  const predicted = failureOf(() => network.predict(X.flat()));
  expect(predicted.state).toMatchObject({ state: expect.stringMatching(/^uI?\d$/) });
  expect(predicted.message).toContain('diverged after 0 samples, when number 1 of those');
  const learned = failureOf(() => network.partialFit(X.flat(), Y.flat()));
  expect(learned.state!.steps).toBeGreaterThan(0);
  expect(learned.sample).toBe(1);
});
