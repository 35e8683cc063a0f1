import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunList } from './run-list.ts';
import type { WatchedRun } from './watched-run.ts';

const run = (name: string, learned: number): WatchedRun => ({
  name,
  status: 'running',
  settings: {},
  results: { learned },
  directory: name,
});

/** Takes what has changed into what a client knew before. */
function follow(list: RunList, known: Map<string, unknown>, version: number, most: number): number {
  for (;;) {
    const changes = list.since(version, most);
    for (const { name, results } of changes.runs) known.set(name, results.learned);
    for (const name of changes.gone) known.delete(name);
    if (changes.version === version) return version;
    version = changes.version;
  }
}

test('whoever follows, however rarely and in whatever pieces, knows the runs as they are', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('set' as const), name: fc.constantFrom('a', 'b', 'c', 'd') }),
    fc.record({ do: fc.constant('delete' as const), name: fc.constantFrom('a', 'b', 'c', 'd') }),
    fc.record({ do: fc.constant('follow' as const), most: fc.integer({ min: 1, max: 5 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const list = new RunList();
      const [truth, known] = [new Map<string, unknown>(), new Map<string, unknown>()];
      let version = 0;
      for (const [i, each] of [...steps, { do: 'follow' as const, most: 2 }].entries()) {
        if (each.do === 'set') list.set(run(each.name, truth.set(each.name, i).get(each.name) as number));
        if (each.do === 'delete') list.delete(each.name);
        if (each.do === 'delete') truth.delete(each.name);
        if (each.do !== 'follow') continue;
        version = follow(list, known, version, each.most);
        expect(known).toEqual(truth);
        expect(list.size).toBe(truth.size);
      }
    }),
  );
});

test('a run that changed often is told of once; of nothing new nothing is told', () => {
  const list = new RunList();
  for (let i = 0; i < 5000; i++) list.set(run(i % 2 ? 'odd' : 'even', i));
  const { runs, version } = list.since(0, 100);
  expect(runs.map(({ name, results }) => [name, results.learned])).toEqual([
    ['even', 4998],
    ['odd', 4999],
  ]);
  expect(list.since(version, 100)).toEqual({ runs: [], gone: [], version });
});

test('what went away too long ago is not remembered: whoever is that late has to begin anew', () => {
  const list = new RunList();
  list.set(run('first', 0));
  const early = list.version;
  for (let i = 0; i < 10_001; i++) {
    list.set(run(`passing ${i}`, 0));
    list.delete(`passing ${i}`);
  }
  expect(list.isKnown(early)).toBe(false);
  expect(list.isKnown(list.version)).toBe(true);
  expect(list.isKnown(list.version + 1)).toBe(false);
  expect(list.since(0, 100).runs.map(({ name }) => name)).toEqual(['first']);
});
