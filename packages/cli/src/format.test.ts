import { expect, test } from 'vitest';
import { formatObjective, formatReading, formatSeconds, formatTable } from './format.ts';

test.each([
  [0.44, '0.4 s'],
  [9.96, '10 s'],
  [99.4, '99 s'],
  [99.6, '2 min'],
  [5940, '99 min'],
  [5999, '1 h 40 min'],
  [11_100, '3 h 5 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(formatSeconds(seconds)).toBe(text);
});

test('an objective shows its digits, whatever its size', () => {
  expect(formatObjective(0.8145613)).toBe('0.814561');
  expect(formatObjective(0)).toBe('0.000000');
  expect(formatObjective(3.25e12)).toBe('3.25000e+12');
  expect(formatObjective(1.5e-7)).toBe('1.50000e-7');
});

test('a reading shows five digits, whatever its size', () => {
  expect(formatReading(0.8145613)).toBe('0.81456');
  expect(formatReading(0)).toBe('0');
  expect(formatReading(-217.8712)).toBe('-217.87');
  expect(formatReading(-3141300000)).toBe('-3.141e+9');
  expect(formatReading(1.5e-7)).toBe('1.500e-7');
});

test('columns are as wide as their widest cell', () => {
  expect(
    formatTable(
      [
        ['a', '1'],
        ['bbb', '100'],
      ],
      [1],
    ),
  ).toBe('a      1\nbbb  100');
});
