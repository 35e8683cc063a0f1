import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareSettings, differingNames, settingNames } from './columns.ts';

test('names come in their order; those differ that are not the same in all rows, or not in all of them', () => {
  const rows = [
    { rule: 'bmvr', hidden: 1, probes: ['a'], seed: 1 },
    { rule: 'bmvr', hidden: 2, probes: ['a'], seed: 1, ridge: 0 },
  ];
  expect(settingNames(rows)).toEqual(['rule', 'hidden', 'probes', 'seed', 'ridge']);
  expect(differingNames(rows)).toEqual(['hidden', 'ridge']);
  expect(differingNames([])).toEqual([]);
});

test('settings have one order, in which what is not there comes last', () => {
  const value = fc.oneof(fc.integer(), fc.constantFrom('a', 'b', 'c'), fc.constant(undefined));
  fc.assert(
    fc.property(value, value, (a, b) => {
      expect(Math.sign(compareSettings(a, b))).toBe(-Math.sign(compareSettings(b, a)) + 0 || 0);
      if (a !== undefined && b === undefined) expect(compareSettings(a, b)).toBeLessThan(0);
    }),
  );
  expect([10, 9, undefined, 1].toSorted(compareSettings)).toEqual([1, 9, 10, undefined]);
});
