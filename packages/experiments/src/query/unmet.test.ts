import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCondition } from './condition.ts';
import { unmetComparisons } from './unmet.ts';

const rows = Array.from({ length: 10 }, (_, seed) => ({
  rule: seed % 2 === 0 ? 'bmvr' : 'backprop',
  hidden: 2 ** (seed % 3),
  seed,
}));
const unmet = (condition: string) => unmetComparisons(parseCondition(condition), rows);

test.each([
  ['rule=bmv', ['no run has rule=bmv (did you mean "bmvr"?): "rule" is backprop, bmvr']],
  ['hidden = 8 and seed>=0', ['no run has hidden=8: "hidden" is 1, 2, 4']],
  ['seed<abc', ['no run has seed<abc: "seed" is from 0 to 9']],
  ['ridge=1', ['no run has ridge=1: "ridge" is nowhere said']],
  ['rule=bmvr and seed=1', []],
])('%s', (condition, words) => {
  expect(unmet(condition)).toEqual(words);
});

test('what holds for some of the rows is never among them', () => {
  fc.assert(
    fc.property(fc.constantFrom('=', '!=', '<', '<=', '>', '>='), fc.integer({ min: -2, max: 12 }), (sign, value) => {
      const condition = `seed${sign}${value}`;
      const { holds } = parseCondition(condition);
      expect(unmet(condition).length).toBe(rows.some(holds) ? 0 : 1);
    }),
  );
});
