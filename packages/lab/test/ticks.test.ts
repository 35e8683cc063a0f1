import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { logarithmicTicks, roundTicks, tickWords } from '../src/page/views/curves/ticks.ts';

const ranges = fc
  .tuple(fc.double({ min: 1, max: 1e7, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }))
  .map(([low, factor]): [number, number] => [low, low * (1 + factor)]);

describe('a logarithmic axis', () => {
  test('has at least two numbers in every range, however small', () => {
    fc.assert(
      fc.property(ranges, ([low, high]) => {
        const { lines, labelled } = logarithmicTicks(low, high);
        expect(labelled.size).toBeGreaterThan(1);
        for (const value of labelled) expect(lines).toContain(value);
        for (const value of lines) expect(value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)).toBe(true);
      }),
    );
  });

  test.each([
    [1, 100_000, [1, 10, 100, 1000, 10_000, 100_000]],
    [4321, 250_000, [10_000, 100_000]],
    [1500, 9000, [2000, 5000]],
    [30_000, 37_000, [30_000, 31_000, 32_000, 33_000, 34_000, 35_000, 36_000, 37_000]],
  ])('from %d to %d has numbers at %j', (low, high, expected) => {
    const { labelled } = logarithmicTicks(low, high);
    expect([...labelled]).toEqual(expected);
  });
});

test('round ticks are multiples of one, two or five times a power of ten, at most nine of them', () => {
  expect(roundTicks(0.7213, 0.9876)).toEqual([0.75, 0.8, 0.85, 0.9, 0.95]);
  fc.assert(
    fc.property(
      fc.double({ min: -1e5, max: 1e5, noNaN: true }),
      fc.double({ min: 1e-3, max: 1e5, noNaN: true }),
      (low, range) => {
        const ticks = roundTicks(low, low + range);
        expect(ticks.length).toBeGreaterThan(1);
        expect(ticks.length).toBeLessThan(10);
        const step = (ticks[1]! - ticks[0]!).toExponential(6);
        expect(step).toMatch(/^(1|2|5)\.000000e|^9\.99999|^1\.99999|^4\.99999/);
      },
    ),
  );
});

test('numbers of samples are written without a loss', () => {
  expect([1, 200, 5000, 2_000_000, 12_345, 30_500].map(tickWords)).toEqual([
    '1',
    '200',
    '5K',
    '2M',
    '12,345',
    '30,500',
  ]);
});
