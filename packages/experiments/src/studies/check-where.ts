import { InputError, RandomStream } from '@apical/core';
import { parseCondition } from '../query/condition.ts';
import { grid } from './search/grid.ts';
import { randomTrial, sobolTrials } from './search/random.ts';
import type { Study } from './study.ts';
import type { Report } from './study-source.ts';

/** Reports a condition that leaves nothing of a study. */
export function checkWhere({ axes, where, search }: Study, report: Report): void {
  if (where === undefined) return;
  const { holds } = parseCondition(where);
  if (search.method === 'grid') {
    if (!grid(axes).some(({ settings }) => holds(settings))) {
      report(['where'], 'holds for no combination of the values of the axes');
    }
    return;
  }
  try {
    if (search.method === 'sobol') sobolTrials(axes, 1, search.seed, holds);
    else randomTrial(axes, new RandomStream(search.seed, 'trial 0'), holds);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    report(['where'], error.message);
  }
}
