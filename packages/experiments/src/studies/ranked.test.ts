import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { bestOf, comparable, ranked } from './ranked.ts';
import type { TrialResult } from './results.ts';

const result = (x: number, samples: number, loss: number, isComplete = true): TrialResult => ({
  trial: { settings: { x }, samples },
  runs: [{ name: `${x} ${samples}`, config: { samples } as RunConfig }],
  isComplete,
  diverged: loss === Infinity ? 1 : 0,
  unmeasured: 0,
  mean: loss === Infinity ? Number.NaN : loss,
  sd: 0,
  loss,
});
const shown = (some: readonly TrialResult[]) => some.map(({ trial }) => [trial.settings.x, trial.samples]);

test('a setting is ranked once, by its longest run that ended; longer ones first, then better ones, then diverged ones', () => {
  const trials = [
    result(1, 100, 0.1),
    result(2, 100, 0.2),
    result(3, 100, Infinity),
    result(4, 100, 0.4),
    result(2, 300, 0.6),
    result(4, 300, 0.5),
    result(1, 300, 0.05, false),
  ];
  expect(shown(ranked(trials))).toEqual([
    [4, 300],
    [2, 300],
    [1, 100],
    [3, 100],
  ]);
});

test('what ended without being measured is not behind what diverged', () => {
  const unmeasured = { ...result(1, 100, Infinity), diverged: 0, unmeasured: 1 };
  for (const trials of [
    [unmeasured, result(2, 100, Infinity)],
    [result(2, 100, Infinity), unmeasured],
  ]) {
    expect(ranked(trials)[0]).toBe(unmeasured);
  }
});

const anyTrials = fc
  .uniqueArray(fc.tuple(fc.nat(4), fc.constantFrom(100, 300)), { selector: String })
  .chain((some) =>
    fc.tuple(
      ...some.map(([x, samples]) =>
        fc
          .tuple(fc.constantFrom(0.1, 0.2, 0.3, Infinity), fc.boolean())
          .map(([loss, isComplete]) => result(x, samples, loss, isComplete)),
      ),
    ),
  );

test('the best is one that nothing with a value is before; comparable trials are of one length, of the most frequent', () => {
  fc.assert(
    fc.property(anyTrials, (trials) => {
      const ended = trials.filter(({ isComplete }) => isComplete);
      const alive = ended.filter(({ loss }) => loss < Infinity);
      const longest = Math.max(...alive.map(({ trial }) => trial.samples ?? 0));
      const losses = alive.filter(({ trial }) => trial.samples === longest).map(({ loss }) => loss);
      expect(bestOf(trials)?.loss).toBe(losses.length === 0 ? undefined : Math.min(...losses));
      const compared = comparable(trials);
      expect(new Set(compared.map(({ trial }) => trial.samples)).size).toBe(Math.min(1, ended.length));
      expect(2 * compared.length).toBeGreaterThanOrEqual(ended.length);
      expect(compared.map(({ loss }) => loss)).toEqual(compared.map(({ loss }) => loss).toSorted((a, b) => a - b));
    }),
  );
});
