import { InputError } from '@apical/core';
import { describe, expect, test } from 'vitest';
import { defaultRunConfig } from '../config/default-config.ts';
import type { RunConfig } from '../config/run-config.ts';
import { formatComparisonTable } from '../report/comparison/text.ts';
import { runTraining } from '../runs/run-training.ts';
import { compare, differencesOf } from './compare.ts';
import type { Contender } from './results.ts';

function configOf(rule: string, changes: Partial<RunConfig> = {}): RunConfig {
  return { ...defaultRunConfig(rule, 'mnist'), samples: 500, evaluateAt: [100, 500], ...changes };
}

describe('BMVR and backprop, three seeds', async () => {
  const entries = [
    { label: 'one', config: configOf('bmvr') },
    { label: 'two', config: configOf('backprop', { accuracy: { learned: { split: 'test' } } }) },
  ];
  const { results, firstLayers } = await compare(entries, { seeds: 3, seed: 4, confidence: 0.9 });

  test('every run is what it would be alone, and the differences are theirs, seed by seed', async () => {
    const alone = await Promise.all(
      [4, 5, 6].map((seed) => Promise.all(entries.map(({ config }) => runTraining({ ...config, seed })))),
    );
    const [difference] = results.differences;
    expect(results.differences).toHaveLength(1);
    expect(difference).toMatchObject({ measured: 'objective', of: 'two', minus: 'one', seeds: [4, 5, 6] });
    expect(difference?.differences).toEqual(alone.map(([a, b]) => (b?.objective ?? 0) - (a?.objective ?? 0)));
    expect(results.contenders[1]?.runs.weightsSha256).toEqual(alone.map(([, b]) => b?.weightsSha256));
    const [low, high] = difference?.interval ?? [0, 0];
    expect(low).toBeLessThan(difference?.mean ?? 0);
    expect(high).toBeGreaterThan(difference?.mean ?? 0);
  });

  test('what only one measured is reported, but not subtracted', () => {
    expect(Object.keys(results.contenders[1]?.final ?? {})).toEqual(['objective', 'accuracy.learned']);
    expect(firstLayers.one?.cols).toBe(784);
    expect(results).toMatchObject({ confidence: 0.9, data: { set: 'mnist', split: 'test', count: 10_000 } });
  });

  test('at any number of workers the same', async () => {
    const again = await compare(entries, { seeds: 3, seed: 4, confidence: 0.9, workers: 1 });
    expect({ ...again.results, provenance: {} }).toEqual({ ...results, provenance: {} });
  });
});

test('what goes wrong by the theory of a rule is told, of one seed', async () => {
  const own = (eta0: number) => {
    const base = defaultRunConfig('similarity-matching', 'synthetic:spiked?samples=50');
    return { ...base, samples: 50, evaluateAt: [50], rates: { W: { eta0: 0.01 }, M: { eta0 } } };
  };
  const notes: string[] = [];
  const entries = [
    { label: 'sound', config: own(0.01) },
    { label: 'unsound', config: own(1.2) },
  ];
  const { results } = await compare(entries, { seeds: 2, workers: 1, onWarning: (text) => notes.push(text) });
  expect(results.contenders.map(({ runs }) => runs.warnings?.map(({ seeds }) => seeds))).toEqual([undefined, [[1, 2]]]);
  expect(notes).toEqual([expect.stringMatching(/^unsound seed 1, after 0 samples: the rate of M is 1.2: /)]);
});

test('a run that diverged is left out of the pairs', () => {
  const contender = (label: string, runs: (number | null)[]): Contender => ({
    label,
    final: { objective: { mean: 0, sd: 0, runs } },
    runs: {
      config: configOf('bmvr'),
      seeds: [1, 2, 3],
      samples: [500],
      curves: {},
      diverged: [],
      confusion: {},
      weightsSha256: [],
    },
  });
  const [difference] = differencesOf([contender('a', [1, 2, null]), contender('b', [4, null, 9])], 0.95);
  expect(difference).toMatchObject({ seeds: [1], differences: [3], interval: null });
  expect(differencesOf([contender('a', [null, 1, null]), contender('b', [1, null, 1])], 0.95)).toEqual([]);
});

test.each<[string, { label: string; config: RunConfig }[], object]>([
  ['a comparison needs two configs at least', [{ label: 'a', config: configOf('bmvr') }], {}],
  [
    '"a" is there twice',
    [
      { label: 'a', config: configOf('bmvr') },
      { label: 'a', config: configOf('backprop') },
    ],
    {},
  ],
  [
    'data.set is mnist for a, and fashion-mnist for b',
    [
      { label: 'a', config: configOf('bmvr') },
      { label: 'b', config: defaultRunConfig('bmvr', 'fashion-mnist') },
    ],
    {},
  ],
  ...[{ seeds: 0 }, { confidence: 1 }, { workers: 0 }].map(
    (options): [string, { label: string; config: RunConfig }[], object] => [
      'must be',
      [
        { label: 'a', config: configOf('bmvr') },
        { label: 'b', config: configOf('backprop') },
      ],
      options,
    ],
  ),
])('%s: refused', async (message, entries, options) => {
  await expect(compare(entries, options)).rejects.toThrow(InputError);
  await expect(compare(entries, options)).rejects.toThrow(message);
});

test('mean losses of labels on other scales are two things, also of what is held out', () => {
  const contender = (label: string, labelInputs: 'raw' | 'standardised'): Contender => {
    const config = configOf('bmvr');
    const of = { mean: 1, sd: 0, runs: [1, 2] };
    return {
      label,
      final: { objective: of, 'held-out': of, 'held-out.r2': of },
      runs: {
        config: { ...config, data: { ...config.data, labels: 'numbers', labelInputs } },
        seeds: [1, 2],
        ...{ samples: [500], curves: {}, diverged: [], confusion: {}, weightsSha256: [] },
      },
    };
  };
  const measured = (other: 'raw' | 'standardised') =>
    differencesOf([contender('a', 'raw'), contender('b', other)], 0.95).map((difference) => difference.measured);
  expect(measured('raw')).toEqual(['objective', 'held-out', 'held-out.r2']);
  expect(measured('standardised')).toEqual(['held-out.r2']);
});

test('means of two losses are two things: of them there is no difference', async () => {
  const config = (loss: 'squared' | 'cross-entropy') =>
    defaultRunConfig('backprop', 'mnist', {
      hidden: 4,
      output: 'softmax',
      loss,
      samples: 200,
      evaluateAt: [200],
      accuracy: { learned: { split: 'test' } },
    });
  const entries = (['squared', 'cross-entropy'] as const).map((loss) => ({ label: loss, config: config(loss) }));
  const { results } = await compare(entries, { seeds: 2 });
  expect(results.contenders.map(({ final }) => Object.keys(final))).toEqual(
    Array.from({ length: 2 }, () => ['objective', 'accuracy.learned']),
  );
  expect(results.differences.map(({ measured }) => measured)).toEqual(['accuracy.learned']);
  expect(formatComparisonTable(results)).toMatch(/cross-entropy +cross-entropy +\d/);
});
