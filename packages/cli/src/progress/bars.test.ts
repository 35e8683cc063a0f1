import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBar } from './bars.ts';

test('a bar says how far a run is', () => {
  const line = formatBar('mnist', 0.5, '1 of 2', 80);
  expect(line).toMatch(/^ {2}mnist {2}━+─+ {3}50 % {2}1 of 2$/);
  expect(line.split('━').length).toBe(line.split('─').length);
});

test('a bar leaves four columns free, however narrow the terminal is', () => {
  const widths = fc.integer({ min: 4, max: 200 });
  fc.assert(
    fc.property(
      fc.string(),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.string(),
      widths,
      (label, part, note, width) => {
        expect(formatBar(label, part, note, width).length).toBeLessThanOrEqual(width - 4);
      },
    ),
  );
});
