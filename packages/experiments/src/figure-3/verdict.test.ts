import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compare } from './verdict.ts';

const untrained = 0.9;

test('3 combined standard deviations are the limit', () => {
  const sd = Math.hypot(0.003, 0.004, 0.00005);
  const paper = { mean: 0.8, sd: 0.004 };
  expect(compare({ mean: 0.8 + 2.999 * sd, sd: 0.003 }, paper, untrained)).toBe('agrees');
  expect(compare({ mean: 0.8 - 2.999 * sd, sd: 0.003 }, paper, untrained)).toBe('agrees');
  expect(compare({ mean: 0.8 + 3.001 * sd, sd: 0.003 }, paper, untrained)).toBe('differs');
});

test('without any spread, the rounding of the paper is allowed for', () => {
  const paper = { mean: 0.7754, sd: 0 };
  expect(compare({ mean: 0.77545, sd: 0 }, paper, untrained)).toBe('agrees');
  expect(compare({ mean: 0.7756, sd: 0 }, paper, untrained)).toBe('differs');
});

test('agreement says nothing where the untrained network agrees as well; a difference does', () => {
  const paper = { mean: 0.895, sd: 0.004 };
  expect(compare({ mean: 0.896, sd: 0.001 }, paper, untrained)).toBe('uninformative');
  expect(compare({ mean: 0.95, sd: 0.001 }, paper, untrained)).toBe('differs');
});

test('no finite value agrees with nothing', () => {
  expect(compare({ mean: Number.NaN, sd: Number.NaN }, { mean: 0.8, sd: 1 }, untrained)).toBe('differs');
});

test('the paper compared with itself never differs, and is uninformative where the untrained value is its own', () => {
  const value = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(value, value, (mean, sd) => {
      expect(compare({ mean, sd }, { mean, sd }, untrained)).not.toBe('differs');
      expect(compare({ mean, sd }, { mean, sd }, mean)).toBe('uninformative');
    }),
  );
});
