import { describe, expect, test } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
import { expectedWords } from '../report/reproduction/text.ts';
import { curveOf } from '../runs/group.ts';
import type { Expectation, Measure } from './reproduction.ts';
import { judge } from './verdicts.ts';

/** Two evaluation points of some seeds; null is a run that diverged before. */
const contender = (...runs: (number | null)[][]) => ({
  label: 'a',
  runs: {
    config: {} as RunConfig,
    seeds: runs.map((_, i) => i + 1),
    samples: [10, 20],
    curves: { objective: curveOf(runs) },
    diverged: [],
    confusion: {},
    weightsSha256: [],
  },
});

const measure = (expected: Expectation, over: NonNullable<Measure['over']> = 'mean'): Measure => {
  return { of: 'a', measured: 'objective', published: [], known: 'printed', expected: [expected], over };
};

describe('an expectation of the difference to another contender', () => {
  const others = (...values: (number | null)[]) => ({ ...contender(...values.map((value) => [0, value])), label: 'b' });
  const own = (...values: (number | null)[]) => contender(...values.map((value) => [0, value]));
  const within: Expectation = { samples: 20, value: 0, within: 1, than: 'b' };

  test.each<[string, Expectation, 'mean' | 'each', (number | null)[], (number | null)[], number | null, boolean]>([
    ['is met where the mean difference is within its tolerance', within, 'mean', [5, 9], [6, 9.5], -0.75, true],
    ['is not met where it is not', within, 'mean', [5, 9], [6, 11], -1.5, false],
    ['of each seed is paired by seed', within, 'each', [5, 9], [5.5, 8.5], 0, true],
    ['of each seed is not met where one is too far', within, 'each', [5, 9], [3, 11], 0, false],
    ['can be a bound', { samples: 20, atLeast: -1, than: 'b' }, 'mean', [5, 9], [1, 1], 6, true],
    ['is not met where the other has no value', within, 'mean', [5, 9], [5, null], 0, false],
    ['nor where the other has fewer seeds', within, 'mean', [5, 9], [5], 0, false],
  ])('%s', (_, expected, over, values, compared, mean, reached) => {
    const [verdict] = judge([measure(expected, over)], [own(...values), others(...compared)]);
    expect(verdict).toMatchObject({ mean, reached });
  });

  test('is not met by a contender that there is not', () => {
    expect(judge([measure(within)], [own(5)])[0]).toMatchObject({ mean: null, reached: false });
  });

  test('is said in words', () => {
    expect(expectedWords('accuracy.test', { samples: 20, value: 0, within: 0.005, than: 'backprop' })).toBe(
      '0.00 ± 0.50 more than backprop',
    );
  });
});

describe('an expectation', () => {
  test.each<[string, Expectation, NonNullable<Measure['over']>, number[], boolean]>([
    [
      'is met by a geometric mean within its tolerance',
      { samples: 20, value: 5, within: 1 },
      'geometric mean',
      [1, 25],
      true,
    ],
    [
      'is not met by a geometric mean outside of it',
      { samples: 20, value: 13, within: 1 },
      'geometric mean',
      [1, 25],
      false,
    ],
    ['is met by a mean within its tolerance', { samples: 20, value: 5, within: 1 }, 'mean', [4, 7.9], true],
    ['is not met by a mean outside of it', { samples: 20, value: 5, within: 1 }, 'mean', [4, 8.1], false],
    ['is met at its edge', { samples: 20, value: 5, within: 1 }, 'mean', [6, 6], true],
    ['of each seed is not met by their mean', { samples: 20, value: 5, within: 1 }, 'each', [4, 7.9], false],
    ['of each seed is met by all of them', { samples: 20, atMost: 8 }, 'each', [4, 7.9], true],
    ['that is a bound holds from one side only', { samples: 20, atMost: 3 }, 'mean', [-100, 2], true],
    ['that is a lower bound, too', { samples: 20, atLeast: 3 }, 'mean', [2, 3], false],
  ])('%s', (_, expected, over, values, reached) => {
    const [verdict] = judge([measure(expected, over)], [contender(...values.map((value) => [0, value]))]);
    expect(verdict?.reached).toBe(reached);
  });

  test('is not met where a run has no value, nor at a point that was not evaluated, nor by a contender that there is not', () => {
    const expected = { samples: 20, atMost: 8 };
    expect(judge([measure(expected)], [contender([0, 1], [0, null])])[0]).toMatchObject({ mean: 1, reached: false });
    expect(judge([measure({ ...expected, samples: 15 })], [contender([0, 1])])[0]).toMatchObject({
      mean: null,
      reached: false,
    });
    expect(judge([{ ...measure(expected), of: 'b' }], [contender([0, 1])])[0]?.reached).toBe(false);
  });
});
