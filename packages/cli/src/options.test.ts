import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesAmong, parseNumber, parseRate, wholeNumber } from './options.ts';

describe('numbers', () => {
  test('every finite number that JavaScript prints is read back as it was', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(parseNumber(String(value))).toBe(Object.is(value, -0) ? 0 : value);
      }),
    );
  });

  test.each(['', ' ', 'NaN', 'Infinity', '-Infinity', '1e999', '0x10', '1_000', '1,5', '3 4', 'one'])(
    '%j is refused',
    (text) => {
      expect(() => parseNumber(text)).toThrow('finite number');
      expect(() => wholeNumber(0)(text)).toThrow('whole number');
    },
  );

  test.each(['-1', '0', '2.5', '1e-3', '9007199254740993'])('%s is no whole number from 1', (text) => {
    expect(() => wholeNumber(1)(text)).toThrow('whole number from 1');
  });

  test('a whole number may be written with an exponent', () => {
    expect(wholeNumber(1)('1e5')).toBe(100_000);
  });
});

describe('rates', () => {
  test('name their synapses, and decay if a t0 follows', () => {
    expect(parseRate('Q=5e-3:1e3', parseRate('W1=0.013'))).toEqual({
      W1: { eta0: 0.013 },
      Q: { eta0: 0.005, t0: 1000 },
    });
  });

  test.each(['W1', '=1', 'W1=', 'W1=1:', 'W1=1:2:3', 'W1=NaN', 'W1=Infinity', 'W1=1:x'])('%s is refused', (text) => {
    expect(() => parseRate(text)).toThrow('expected');
  });

  test('one pair of synapses has one rate', () => {
    expect(() => parseRate('W1=2', { W1: { eta0: 1 } })).toThrow('twice');
  });
});

describe('lists of names', () => {
  const parse = namesAmong(['mnist', 'cifar-10']);

  test('hold each name once', () => {
    expect(parse('cifar-10, mnist,cifar-10')).toEqual(['cifar-10', 'mnist']);
    expect(parse('all')).toEqual(['mnist', 'cifar-10']);
  });

  test.each(['', 'mnist,', 'mnsit'])('%j: what is unknown is answered with what is there', (text) => {
    expect(() => parse(text)).toThrow('none of mnist, cifar-10, all');
  });
});
