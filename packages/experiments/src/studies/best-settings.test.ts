import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bestSettings } from './best-settings.ts';

const run = (group: string, value: number | undefined, samples = 100, hasEnded = true) => ({
  group,
  value,
  samples,
  hasEnded,
});

test('mean and standard deviation over seeds; whoever diverged, goes on, or learned less is not ranked', () => {
  const runs = [
    run('good', 1),
    run('good', 3),
    run('better', 1.5),
    run('diverged', 0),
    run('diverged', undefined),
    run('going on', 0),
    run('going on', undefined, 100, false),
    run('short', 0, 10),
  ];
  const best = bestSettings(runs, 'min').map(({ runs: [first], mean, sd }) => [first!.group, mean, sd]);
  expect(best).toEqual([
    ['better', 1.5, 0],
    ['good', 2, Math.SQRT2],
  ]);
  expect(bestSettings(runs, 'max')[0]!.runs[0]!.group).toBe('good');
});

test('what goes on does not take the ranks of what has ended with fewer samples', () => {
  expect(bestSettings([run('a', 1), run('b', undefined, 1000, false)], 'min')).toHaveLength(1);
});

test('the order of runs does not matter', () => {
  const runs = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.integer({ min: 0, max: 1000 })));
  fc.assert(
    fc.property(runs, (values) => {
      const all = values.map(([group, value]) => run(group, value));
      const means = (list: typeof all) => bestSettings(list, 'min').map(({ mean }) => mean);
      expect(means(all.toReversed())).toEqual(means(all));
    }),
  );
});
