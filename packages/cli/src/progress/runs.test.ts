import { expect, test } from 'vitest';
import { RunCounts } from './runs.ts';

function twoRuns(): { counts: RunCounts; clock: { now: number } } {
  const clock = { now: 100 };
  const runs = [
    { label: 'short', total: 100 },
    { label: 'long', total: 300 },
  ];
  return { counts: new RunCounts(runs, () => clock.now), clock };
}

test('the time left follows from the time taken, if the rest goes as fast', () => {
  const { counts, clock } = twoRuns();
  counts.update(0, 50);
  counts.update(1, 50);
  clock.now += 10;
  expect(counts.fraction).toBe(0.25);
  expect(counts.secondsLeft).toBe(30);
});

test('no guess is made from the first moments', () => {
  const { counts, clock } = twoRuns();
  counts.update(0, 50);
  clock.now += 1;
  expect(counts.secondsLeft).toBeUndefined();
});

test('a run ends once, at its total or when it is said to', () => {
  const { counts } = twoRuns();
  expect(counts.update(0, 99)).toBe(false);
  expect(counts.update(0, 100)).toBe(true);
  expect(counts.update(0, 100)).toBe(false);
  expect(counts.finish(1)).toBe(true);
  expect(counts.finish(1)).toBe(false);
  expect(counts.finished).toBe(2);
  expect(counts.fraction).toBe(1);
});

test('nothing to do is done', () => {
  expect(new RunCounts([]).fraction).toBe(1);
});
