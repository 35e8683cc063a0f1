import { describe, expect, test } from 'vitest';
import {
  activationsOf,
  createNetwork,
  InputError,
  layOut,
  type NetworkOptions,
  type Rule,
  sampleRules,
} from '../src/index.ts';
import { checkRidge } from '../src/network/check-ridge.ts';
import { rates } from './fixtures.ts';
import { readingOf, teach, worstError } from './readings.ts';
import { labelled } from './registry.ts';

const [m, n, count] = [6, 5, 24];
const { X, Y } = labelled('linear', 5, { count, inputs: m, labels: n });

/** A linear network of the rule. */
function optionsOf(rule: Rule): NetworkOptions {
  const isRegression = rule.name === 'reduced-rank-regression';
  const hidden = rule.shape.depth === 'one' ? [4] : [4, 3];
  return {
    ...{ rule: rule.name, inputs: m, labels: rule.shape.labels === 'none' ? 0 : n, ridge: 0.3, seed: 2, hidden },
    ...(activationsOf(rule.shape).includes('linear') && { activation: 'linear' }),
    ...(rule.shape.outputs.includes('linear') && { output: 'linear' }),
    ...(isRegression && { parameters: { s: 0.4 } }),
    rates: rates(rule, { eta0: 0.02, t0: 50 }, { hidden }),
  };
}

/** Whether a network of the rule is linear in input and label. */
function canHave(rule: Rule): boolean {
  try {
    checkRidge(0.3, layOut(rule, optionsOf(rule)));
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

const able = sampleRules.filter(canHave);

test('rules whose signals are linear in input and label can have a ridge', () => {
  const names = able.map(({ name }) => name);
  const expected = [
    'bmvr',
    'backprop',
    'feedback-alignment',
    'reduced-rank-regression',
    'bio-cca',
    'similarity-matching',
  ];
  expect(names).toEqual(expect.arrayContaining(expected));
  for (const other of ['adaptive-soft', 'predictive-coding', 'burstprop']) expect(names).not.toContain(other);
});

describe.each(able)('$name', (rule) => {
  const own = optionsOf(rule);
  const rows = own.labels === 0 ? Y.map(() => []) : Y;
  test.each<Partial<NetworkOptions>>([
    {},
    { batch: 5 },
    { optimiser: { kind: 'momentum', momentum: 0.5, weightDecay: 0.1 } },
    { engine: 'plain' },
  ])('the kernels learn with a ridge as the float64 reading does: %o', async (changes) => {
    const network = await createNetwork({ ...own, ...changes });
    const reading = readingOf(network);
    network.partialFit(X.flat(), own.labels === 0 ? undefined : Y.flat());
    teach(reading, X, rows, changes.batch ?? 1);
    expect(worstError(network, reading)).toBeLessThan(2e-5);
  });
});

test('a ridge is what noise of that variance comes to on average', async () => {
  const [lambda, size] = [0.3, m + n];
  const rule = able.find(({ name }) => name === 'bio-cca')!;
  const [x, y] = [X[0]!, Y[0]!];
  // Noise whose mean is 0 and whose covariance is λ I, all of it in one batch.
  const length = Math.sqrt(lambda * size);
  const noise = Array.from({ length: 2 * size }, (_, t) =>
    Array.from({ length: size }, (_, i) => (i === t >> 1 ? length * (-1) ** t : 0)),
  );
  const learned = async (X: number[][], Y: number[][], ridge: number) => {
    const network = await createNetwork({ ...optionsOf(rule), ridge, batch: X.length });
    return network.partialFit(X.flat(), Y.flat());
  };
  const byNoise = await learned(
    noise.map((each) => x.map((value, i) => value + each[i]!)),
    noise.map((each) => y.map((value, i) => value + each[m + i]!)),
    0,
  );
  expect(worstError(await learned([x], [y], lambda), byNoise)).toBeLessThan(1e-5);
});
