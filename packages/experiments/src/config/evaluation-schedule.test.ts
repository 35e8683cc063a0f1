import { batchEnd } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { epochOf, evaluationSchedule, evenSchedule } from './evaluation-schedule.ts';

test("has the paper's evaluation steps: s is evaluated when s + 1 samples have been seen", () => {
  const steps = (samples: number) => evaluationSchedule(samples).map((seen) => seen - 1);
  expect(steps(1e5)).toEqual([1, 4, 16, 50, 150, 446, 1318, 3892, 11485, 33891, 99999]);
  expect(steps(1e7)).toEqual([1, 8, 42, 203, 955, 4471, 20911, 97792, 457304, 2138468, 9999999]);
});

test('more points than a run can be evaluated at are refused, and not counted through', () => {
  expect(() => evaluationSchedule(20, 1e15)).toThrow('100,000 times at most, not 1,000,000,000,000,000');
  expect(() => evenSchedule(20, 1e9)).toThrow('100,000 times at most');
});

test('ascends from 1 or 2 to the last sample, with at most as many points as asked for', () => {
  const counts = fc.integer({ min: 1, max: 1e9 });
  fc.assert(
    fc.property(counts, fc.integer({ min: 1, max: 500 }), (samples, points) => {
      const schedule = evaluationSchedule(samples, points);
      expect(schedule.every((at, i) => Number.isInteger(at) && at > (schedule[i - 1] ?? 0))).toBe(true);
      expect(schedule.at(-1)).toBe(samples);
      expect(schedule.length).toBeLessThanOrEqual(points);
      if (points > 1) expect(schedule[0]).toBe(Math.min(2, samples));
    }),
  );
});

test('with batches, each point is put off to the end of its batch, and the last is that of the samples', () => {
  const counts = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(
      counts,
      counts,
      fc.integer({ min: 1, max: 1e6 }),
      fc.integer({ min: 1, max: 50 }),
      (a, b, most, points) => {
        const [count, batch] = [Math.max(a, b), Math.min(a, b)];
        const samples = batchEnd(most, count, batch);
        const schedule = evaluationSchedule(samples, points, { count, batch });
        expect(schedule.every((at, i) => at > (schedule[i - 1] ?? 0))).toBe(true);
        expect(schedule.filter((at) => batchEnd(at, count, batch) !== at)).toEqual([]);
        expect(schedule.at(-1)).toBe(samples);
      },
    ),
  );
});

test('an epoch is what is learned of a split', () => {
  expect(epochOf({ set: 'mnist', split: 'train' })).toBe(60_000);
  expect(epochOf({ set: 'mnist', split: 'train', first: 59_904 })).toBe(59_904);
});
