import { expect, test } from 'vitest';
import { createStudies } from '../src/page/store/studies.ts';
import { defaultRoute } from '../src/page/studies/route.ts';
import type { RunRow } from '../src/page/studies/run-row.ts';

/** A run that has finished, unless it has no objective. */
function row(settings: { samples: number; hidden: number; seed: number }, objective?: number): RunRow {
  const { seed, ...others } = settings;
  const name = JSON.stringify(settings);
  const status = objective === undefined ? 'running' : 'finished';
  const values = { run: name, status, ...settings, ...(objective !== undefined && { objective }) };
  return { name, status, settings, values, group: JSON.stringify(others) };
}

const rows = [
  ...[1, 2, 3].flatMap((hidden) => [1, 2].map((seed) => row({ samples: 100, hidden, seed }, 1 / hidden))),
  ...[1, 2].map((seed) => row({ samples: 1000, hidden: 1, seed }, 0.1)),
  row({ samples: 1000, hidden: 2, seed: 1 }, 0.01),
  row({ samples: 1000, hidden: 2, seed: 2 }),
];

function ranked(where: string, length?: number) {
  const studies = createStudies();
  studies.rows.value = rows;
  studies.route.value = { ...defaultRoute, where, length };
  const { samples, results } = studies.ranking.value ?? {};
  return [samples, results?.map(({ runs: [run] }) => run!.row.settings.hidden)];
}

test('the settings shown are ranked by length: the one of most of them, or the one chosen', () => {
  expect(ranked('')).toEqual([100, [3, 2, 1]]);
  expect(ranked('', 1000)).toEqual([1000, [1]]);
  // A length that none has is none.
  expect(ranked('', 5)).toEqual(ranked(''));
});

test('settings that are hidden have no say in which length is ranked; hidden seeds of those shown have', () => {
  expect(ranked('hidden=1')).toEqual([1000, [1]]);
  expect(ranked('status=finished and hidden=2')).toEqual([100, [2]]);
  expect(ranked('samples=1000 and hidden=2')).toEqual([undefined, undefined]);
});

test('runs that learned other data are not ranked together, whichever value they came to', () => {
  const of = (set: string, hidden: number, objective: number) => {
    const plain = row({ samples: 100, hidden, seed: 1 }, objective);
    const own = { 'data.set': set };
    return { ...plain, settings: { ...plain.settings, ...own }, group: `${set} ${plain.group}` };
  };
  const studies = createStudies();
  studies.rows.value = [of('iris', 1, 3), of('iris', 2, 2), of('wine', 1, 0)];
  expect(studies.rankings.value.map(({ results }) => results.map(({ mean }) => mean))).toEqual([[2, 3], [0]]);
  expect(studies.ranking.value?.results).toHaveLength(2);
});

test.each([
  ['a loss that is said and the same that follows', [{}, { loss: 'squared' }], 1],
  ['losses that follow from outputs', [{}, { output: 'softmax' }], 2],
  [
    'a loss that follows from outputs, and the same that is said',
    [{ output: 'softmax' }, { output: 'softmax', loss: 'cross-entropy' }],
    1,
  ],
  ['objectives of rules of their own', [{ rule: 'bio-cca' }, { rule: 'similarity-matching' }], 2],
])('%s: objectives are ranked together where they are of one loss', (_, settings: readonly object[], count) => {
  const studies = createStudies();
  studies.rows.value = settings.map((own, i) => {
    const plain = row({ samples: 100, hidden: 1, seed: 1 }, i);
    return { ...plain, name: String(i), settings: { ...plain.settings, rule: 'backprop', ...own }, group: String(i) };
  });
  expect(studies.rankings.value).toHaveLength(count);
});

test('where no run meets the condition, the comparison that none meets is told', () => {
  const studies = createStudies();
  studies.rows.value = rows;
  studies.route.value = { ...defaultRoute, where: 'hidden=7 and seed=1' };
  expect(studies.filtered.value).toEqual({ rows: [], unmet: ['no run has hidden=7: "hidden" is 1, 2, 3'] });
});
