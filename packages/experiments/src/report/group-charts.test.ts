import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOf } from './group-charts.ts';

const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });

test('lines are within the axis, however far from the values, and so are half of these at least', () => {
  fc.assert(
    fc.property(fc.array(value, { minLength: 1 }), fc.array(value), (values, lines) => {
      const points = values.map((mean, x) => ({ x, mean, low: mean, high: mean }));
      const [low, high] = rangeOf(
        points,
        lines.map((at) => ({ at })),
      );
      expect(lines.every((at) => low < at && at < high)).toBe(true);
      expect(values.filter((mean) => low <= mean && mean <= high).length).toBeGreaterThanOrEqual(values.length / 2);
    }),
  );
});
