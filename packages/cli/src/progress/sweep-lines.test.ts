import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ShownProgress, sweepLine, sweepLines } from './sweep-lines.ts';

const begun: ShownProgress = { done: 0, diverged: 0, running: 2, failed: 0, planned: 1200, best: undefined };
const halfway: ShownProgress = {
  done: 600,
  diverged: 3,
  running: 2,
  failed: 1,
  planned: 1200,
  best: { trial: { settings: { rule: 'bmvr', η1: 0.01 } }, mean: 0.8162346, loss: 0.8162346 },
};

test('a bar says how many runs have ended, go on, diverged, failed, and the time left; a line the best settings so far', () => {
  const [bar, best] = sweepLines('rates', halfway, 125, 120);
  expect(bar).toMatch(
    /^ {2}rates {2}━+─+ {3}50 % {2}600 of 1,200 runs · 2 running · 3 diverged · 1 failed · 2 min left$/,
  );
  expect(bar.split('━').length).toBe(bar.split('─').length);
  expect(best).toBe('  best 0.816235: rule bmvr, η1 0.01');
});

test('what there is not yet is not told', () => {
  const [bar, best] = sweepLines('rates', begun, undefined, 80);
  expect(bar).toMatch(/ 0 % {2}0 of 1,200 runs · 2 running$/);
  expect(best).toBe('');
  expect(sweepLine(begun, undefined)).toBe('0 of 1,200 runs · 2 running');
  const diverged = { ...halfway, best: { ...halfway.best!, mean: Number.NaN, loss: Infinity } };
  expect(sweepLines('rates', diverged, undefined, 80)[1]).toBe('');
});

test('a log has it in one line', () => {
  expect(sweepLine(halfway, 125)).toBe(
    '600 of 1,200 runs · 2 running · 3 diverged · 1 failed · 2 min left; best 0.816235: rule bmvr, η1 0.01',
  );
});

test('the view is two lines that leave four columns free, however narrow the terminal is', () => {
  const count = fc.nat({ max: 1_000_000 });
  const progress = fc.record({ done: count, diverged: count, running: count, failed: count, planned: count });
  fc.assert(
    fc.property(fc.string(), progress, fc.integer({ min: 4, max: 200 }), (name, counts, width) => {
      const shown = { ...counts, done: Math.min(counts.done, counts.planned), best: halfway.best };
      const lines = sweepLines(name, shown, 60, width);
      expect(lines).toHaveLength(2);
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(width - 4);
    }),
  );
});
