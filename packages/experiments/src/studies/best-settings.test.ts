import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankings } from './best-settings.ts';

let seeds = 0;
const run = (group: string, value: number | undefined, samples = 100, seed = ++seeds) => ({
  group,
  seed,
  value,
  samples,
});

test('a run that is there twice counts once', () => {
  const twice = [run('a', undefined, 100, 1), run('a', 2, 100, 1), run('a', 2, 100, 1), run('a', 4, 100, 2)];
  const [found] = rankings(twice, 'min')[0]!.results;
  expect([found!.mean, found!.sd]).toEqual([3, Math.SQRT2]);
});

test('mean and standard deviation over seeds; settings of which a run diverged or goes on are not ranked', () => {
  const runs = [
    run('good', 1),
    run('good', 3),
    run('better', 1.5),
    run('diverged', 0),
    run('diverged', undefined),
    run('going on', 0),
    run('going on', undefined),
  ];
  const [best] = rankings(runs, 'min');
  expect(best?.results.map(({ runs: [first], mean, sd }) => [first!.group, mean, sd])).toEqual([
    ['better', 1.5, Number.NaN],
    ['good', 2, Math.SQRT2],
  ]);
  expect(rankings(runs, 'max')[0]!.results[0]!.runs[0]!.group).toBe('good');
});

test('settings of each length are ranked apart: first those of which most came to a value, of equal ones the longer', () => {
  const short = [run('a', 1), run('b', 2)];
  const lengths = (runs: Parameters<typeof rankings>[0]) => rankings(runs, 'min').map(({ samples }) => samples);
  expect(lengths([...short, run('c', 0, 1000)])).toEqual([100, 1000]);
  expect(lengths([...short, run('c', 0, 1000), run('d', 0, 1000)])).toEqual([1000, 100]);
  // However many of them go on.
  const going = ['c', 'd', 'e'].map((group) => run(group, undefined, 1000));
  expect(lengths([...short, ...going])).toEqual([100]);
});

test('settings that learned other data are ranked apart, whatever their length', () => {
  const own = (group: string, value: number, criterion: string) => ({ ...run(group, value), criterion });
  const found = rankings([own('a', 1, 'iris'), own('b', 2, 'iris'), own('c', 0, 'wine')], 'min');
  expect(found.map(({ criterion, results }) => [criterion, results.map(({ mean }) => mean)])).toEqual([
    ['iris', [1, 2]],
    ['wine', [0]],
  ]);
});

test('the order of runs does not matter, and every setting that came to a value is ranked once', () => {
  const value = fc.option(fc.integer({ min: 0, max: 1000 }), { nil: undefined });
  const runs = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), value));
  fc.assert(
    fc.property(runs, (values) => {
      const all = values.map(([group, each]) => run(group, each, group < 'c' ? 10 : 20));
      const means = (list: typeof all) =>
        rankings(list, 'min').map(({ samples, results }) => [samples, results.map(({ mean }) => mean)]);
      expect(means(all.toReversed())).toEqual(means(all));
      const sound = Map.groupBy(all, ({ group }) => group).values();
      const complete = [...sound].filter((members) => members.every((each) => each.value !== undefined));
      expect(rankings(all, 'min').flatMap(({ results }) => results)).toHaveLength(complete.length);
    }),
  );
});
