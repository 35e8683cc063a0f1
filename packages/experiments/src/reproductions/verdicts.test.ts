import { describe, expect, test } from 'vitest';
import type { RunConfig } from '../config/run-config.ts';
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

const measure = (expected: Expectation, over: 'mean' | 'each' = 'mean'): Measure => {
  return { of: 'a', measured: 'objective', published: [], known: 'printed', expected: [expected], over };
};

describe('an expectation', () => {
  test.each<[string, Expectation, 'mean' | 'each', number[], boolean]>([
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
