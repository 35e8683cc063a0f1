import { expect, test } from 'vitest';
import { isAhead } from '../src/page/views/is-ahead.ts';
import { largest, Scale, tint } from '../src/page/views/tint.ts';

test('what is not finite has no size, and takes none from what is', () => {
  const scale = new Scale();
  expect(scale.fit([Number.NaN, 2, Number.POSITIVE_INFINITY, -1])).toEqual([0, 1, 0, -0.5]);
  expect(scale.fit([Number.NaN])).toEqual([0]);
  expect(scale.fit([1.96])).toEqual([1]);
  expect(largest([Number.NaN, Number.NEGATIVE_INFINITY])).toBe(1);
  expect(tint(Number.NaN)).not.toContain('NaN');
});

test('no class is ahead where several score the most, or scores are no numbers', () => {
  expect(isAhead([0, 1, 2], [0, 0, 0])).toBe(false);
  expect(isAhead([0, 1], [Number.NaN, Number.NaN])).toBe(false);
  expect(isAhead([1, 0], [0, 0.1])).toBe(true);
});
