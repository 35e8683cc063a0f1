import { checkOptimiser, InputError, type Optimiser, optimiserNames } from '@apical/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  optimiserWords,
  parseOptimiserWords,
  parseRateWords,
  parseStartWords,
  rateWords,
  startWords,
} from './words.ts';

const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
/** Without −0, which is written as 0. */
const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const share = fc.double({ min: 0, max: 0.999, noNaN: true }).map((value) => value + 0);
const fall = fc.record({ over: positive, to: share }, { requiredKeys: ['over'] });
const ascending = fc
  .uniqueArray(fc.integer({ min: 1, max: 1e6 }), { minLength: 1 })
  .map((at) => at.sort((a, b) => a - b));

const rates = fc.oneof(
  fc.record({ eta0: positive }),
  fc.record({ eta0: positive, t0: positive }),
  fc.record({ eta0: positive, linear: fall }),
  fc.record({ eta0: positive, cosine: fall }),
  fc.record({ eta0: positive, steps: fc.record({ at: ascending, factor: positive }) }),
);
const fan = fc.constantFrom('in', 'out', 'sum');
const starts = fc.oneof(
  fc.record({ normal: positive, fan }, { requiredKeys: ['normal'] }),
  fc.record({ uniform: positive, fan }, { requiredKeys: ['uniform'] }),
  fc.record({ orthogonal: number }),
  fc.record({ identity: number }),
  fc.record({ constant: number }),
);
const weightDecay = positive;
const optimisers: fc.Arbitrary<Optimiser> = fc.oneof(
  fc.record({ kind: fc.constant('plain' as const), weightDecay }, { requiredKeys: ['kind'] }),
  fc.record(
    { kind: fc.constant('momentum' as const), momentum: share, decoupled: fc.constant(true), weightDecay },
    { requiredKeys: ['kind'] },
  ),
  fc.record(
    {
      kind: fc.constant('rmsprop' as const),
      rho: share,
      epsilon: positive,
      centred: fc.constant(true),
      epsilonInside: fc.constant(true),
      weightDecay,
    },
    { requiredKeys: ['kind', 'rho'] },
  ),
  fc.record({ kind: fc.constant('rmsprop' as const), rho: share, epsilon: positive, momentum: share }),
  fc.record(
    {
      kind: fc.constant('adam' as const),
      beta1: share,
      beta2: share,
      epsilon: positive,
      epsilonHat: fc.constant(true),
      weightDecay,
    },
    { requiredKeys: ['kind', 'beta1', 'beta2'] },
  ),
);

test('rates, starts and optimisers are read as they were written', () => {
  fc.assert(
    fc.property(rates, (rate) => {
      expect(parseRateWords(rateWords(rate))).toEqual(rate);
    }),
  );
  fc.assert(
    fc.property(starts, (start) => {
      expect(parseStartWords(startWords(start))).toEqual(start);
    }),
  );
  fc.assert(
    fc.property(optimisers, (each) => {
      expect(parseOptimiserWords(optimiserWords(each))).toEqual(each);
    }),
  );
});

test('whatever is written, it is read or refused; what is read of an optimiser makes sense, or is refused where it is checked', () => {
  const word = fc.constantFrom(
    '',
    '1',
    '0.5',
    'linear',
    'steps',
    '1,2',
    'fan-in',
    'normal',
    'decoupled',
    'NaN',
    'weight-decay=1',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 5 }).map((words) => words.join(':')),
    fc
      .tuple(fc.constantFrom(...optimiserNames), fc.array(word, { maxLength: 4 }))
      .map(([kind, words]) => [kind, ...words].join(':')),
  );
  fc.assert(
    fc.property(text, (given) => {
      for (const parse of [parseRateWords, parseStartWords, parseOptimiserWords]) {
        try {
          const value = parse(given);
          if (parse === parseOptimiserWords) checkOptimiser('optimiser', value as Optimiser);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }
    }),
  );
});

test.each([
  [parseRateWords, 'many', 'a finite number is expected, not "many"'],
  [
    parseRateWords,
    '1:liner:5',
    'T0, or one of linear, cosine, steps is expected after the rate, not "liner" (did you mean "linear"?)',
  ],
  [parseRateWords, '1:linear', 'linear:UPDATES or linear:UPDATES:PART is expected'],
  [parseRateWords, '1:steps:5', 'steps:UPDATE,UPDATE:FACTOR is expected'],
  [parseStartWords, 'normal:1:fan-up', ':fan-in, :fan-out or :fan-sum'],
  [parseStartWords, 'identity:1:fan-in', 'identity:FACTOR or constant:NUMBER is expected'],
  [parseOptimiserWords, 'adma', 'one of plain, momentum, rmsprop, adam is expected, not "adma" (did you mean "adam"?)'],
  [parseOptimiserWords, 'momentum:0.9:0.5', 'momentum has momentum; "0.5" is one too many'],
  [parseOptimiserWords, 'plain:1', 'plain has no numbers; "1" is one too many'],
])('%o of %s is refused: %s', (parse, text, message) => {
  expect(() => parse(text)).toThrow(message);
});
