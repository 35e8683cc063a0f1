import { InputError } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseCondition } from './condition.ts';

const settings = { rule: 'bmvr', hidden: 64, 'rates.W1.eta0': 0.01, ridge: 0, decoupled: false, note: 'a b', seed: 64 };
const holds = (condition: string) => parseCondition(condition).holds(settings);

test.each([
  ['rule=bmvr', true],
  ['rule == "bmvr"', true],
  ['rule != backprop', true],
  ['hidden>=64', true],
  ['hidden > 64', false],
  ['hidden<1e3', true],
  ['rates.W1.eta0 = 1e-2', true],
  ['decoupled=false', true],
  ["note='a b'", true],
  ['hidden = seed', true],
  ['hidden = "seed"', false],
  ['rule=bmvr and hidden>=128', false],
  ['rule=backprop or hidden>=64', true],
  ['not rule=backprop', true],
  ['rule=backprop and hidden=64 or seed=64', true],
  ['rule=backprop and (hidden=64 or seed=64)', false],
])('%s', (condition, expected) => {
  expect(holds(condition)).toBe(expected);
});

test('a setting that is not there makes every comparison fail; texts have no order', () => {
  for (const sign of ['=', '!=', '<', '<=', '>', '>=']) expect(holds(`rates.Q.eta0 ${sign} 1`)).toBe(false);
  for (const sign of ['<', '<=', '>', '>=']) expect(holds(`rule ${sign} zzz`)).toBe(false);
});

test.each([
  ['', 'column 1: a setting is expected'],
  ['hidden', 'column 7: one of = == != < <= > >= is expected after "hidden"'],
  ['hidden=', 'column 8: a value is expected'],
  ['hidden=1 rule=bmvr', 'column 10: "and" or "or" is expected before "rule"'],
  ['(hidden=1', 'column 10: ")" is missing'],
  ['hiden=1', 'column 1: there is no setting "hiden" (did you mean "hidden"?)'],
  ['seed=1 and zebra=2', 'column 12: there is no setting "zebra"; there are rule, hidden'],
  ['rule="bmvr', 'column 6: "bmvr?'],
])('%j is refused with its column', (condition, message) => {
  expect(() => parseCondition(condition, Object.keys(settings))).toThrow(InputError);
  expect(() => parseCondition(condition, Object.keys(settings))).toThrow(`condition "${condition}": ${message}`);
});

test('whatever text it is given, it is a condition or an InputError; comparisons of numbers are those of JavaScript', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        parseCondition(text).holds(settings);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
      }
    }),
  );
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => {
      const is = (sign: string) => parseCondition(`a ${sign} ${b}`).holds({ a });
      expect([is('<'), is('<='), is('='), is('!='), is('>='), is('>')]).toEqual([
        a < b,
        a <= b,
        a === b,
        a !== b,
        a >= b,
        a > b,
      ]);
    }),
  );
});
