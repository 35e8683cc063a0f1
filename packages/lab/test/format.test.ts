import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatValue } from '../src/page/views/format.ts';

test('a value is written with minus signs only, never with hyphens, and says the number to its digits', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = formatValue(value);
      expect(text).not.toContain('-');
      const number = Number(text.replaceAll('−', '-'));
      expect(Math.abs(number - value)).toBeLessThanOrEqual(0.051 * Math.abs(value));
    }),
  );
});
