import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namesAmong, parseNumber, wholeNumber } from './options.ts';

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

  test('a whole number can have a largest one', () => {
    expect(wholeNumber(0, 65_535)('65535')).toBe(65_535);
    expect(() => wholeNumber(0, 65_535)('65536')).toThrow('A whole number from 0 to 65535 is expected');
  });

  test('digits without end are refused as soon as they are read', () => {
    const endless = `${'1'.repeat(1_000_000)}x`;
    expect(() => parseNumber(endless)).toThrow('A finite number is expected');
    expect(() => wholeNumber(0)(endless)).toThrow('A whole number');
  });

  test('a whole number may be written with an exponent', () => {
    expect(wholeNumber(1)('1e5')).toBe(100_000);
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
