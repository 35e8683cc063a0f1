import { expect, test } from 'vitest';
import type { RunOutcome } from '../runs/result.ts';
import { goals } from './paper.ts';
import { table1Config } from './protocol.ts';
import { methods, type WidthResults, widths } from './results.ts';
import { methodResults, verdictsOf } from './summary.ts';

/** A run that ended with these accuracies, in per cent; one that diverged before, where they are left out. */
function runWith(seed: number, train?: number, test = train): RunOutcome {
  const config = table1Config('paper', '64', 'bmvr', { seed, epochs: 2 });
  const at = (samples: number, scale: number) => ({
    samples,
    objective: 0.5,
    accuracy: {
      train: ((train ?? 50) * scale) / 100,
      test: ((test ?? 50) * scale) / 100,
      test50k: ((test ?? 50) * scale) / 100,
    },
  });
  if (train === undefined) return { config, evaluations: [at(10_000, 0.5)], divergedAt: 12_345 };
  const evaluations = [at(10_000, 0.5), at(20_000, 1)];
  return { config, evaluations, objective: 0.5, confusion: {}, weights: {}, weightsSha256: `${seed}`, seconds: 1 };
}

test('accuracies are the last ones, in per cent, with mean and sample deviation', () => {
  const found = methodResults([runWith(1, 98, 90), runWith(2, 99, 92), runWith(3, 100, 91)], ['so']);
  expect(found?.train.mean).toBeCloseTo(99, 10);
  expect(found?.train.sd).toBeCloseTo(1, 10);
  expect(found?.test.runs.map((value) => Math.round(value ?? 0))).toEqual([90, 92, 91]);
  expect(found?.runs.curves['accuracy.train']?.runs[0]).toEqual([0.49, 0.98]);
  expect(found).toMatchObject({ reasons: ['so'], runs: { seeds: [1, 2, 3], diverged: [] } });
  expect(methodResults([], [])).toBeUndefined();
});

test('a run that diverged has no accuracy, though it had one before, and the method does not reach anything', () => {
  const found = methodResults([runWith(1, 100, 100), runWith(2)], []);
  expect(found?.train).toEqual({ mean: 100, sd: null, runs: [100, null] });
  expect(found?.runs.diverged).toEqual([{ seed: 2, sample: 12_345 }]);
  const verdicts = verdictsOf({ '64': { bmvr: found } as WidthResults });
  expect(verdicts.map(({ on, reached }) => [on, reached])).toEqual([
    ['train', false],
    ['test', false],
  ]);
  expect(methodResults([runWith(1)], [])?.test.mean).toBeNull();
});

test('exactly the goal is reached, anything less is not', () => {
  for (const width of widths) {
    for (const method of methods) {
      const { train, test: held } = goals[width][method];
      const verdictOf = (a: number, b: number) => {
        const found = methodResults([runWith(1, a, b)], []);
        return verdictsOf({ [width]: { [method]: found } }).map(({ reached }) => reached);
      };
      expect(verdictOf(train + 1e-9, held + 1e-9)).toEqual([true, true]);
      expect(verdictOf(train - 0.01, held + 1e-9)).toEqual([false, true]);
      expect(verdictOf(train + 1e-9, held - 0.01)).toEqual([true, false]);
    }
  }
});
