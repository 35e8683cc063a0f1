import type { Settings } from '../../config/settings.ts';
import { parseCondition } from '../../query/condition.ts';
import type { Study, Trial } from '../study.ts';
import { asha } from './asha.ts';
import { grid } from './grid.ts';
import { randomTrials, sobolTrials } from './random.ts';
import type { LossOf, Search } from './search.ts';
import { tpe } from './tpe.ts';

/**
 * The search of a study.
 *
 * @param samples how many samples its runs learn
 * @param loss of a trial that the search awaited
 */
export function* createSearch(study: Study, samples: number, loss: LossOf): Search {
  const { axes, search, where } = study;
  const condition = where === undefined ? undefined : parseCondition(where);
  const allowed = (settings: Settings) => condition?.holds(settings) ?? true;
  const marked = study.marked.map(({ settings }): Trial => ({ settings }));
  if (marked.length > 0) yield { start: marked, awaited: [] };
  switch (search.method) {
    case 'grid':
      return yield* all(grid(axes).filter(({ settings }) => allowed(settings)));
    case 'random':
      return yield* all(randomTrials(axes, search.trials, search.seed, allowed));
    case 'sobol':
      return yield* all(sobolTrials(axes, search.trials, search.seed, allowed));
    case 'tpe':
      return yield* tpe(axes, search, allowed, loss);
    case 'asha':
      return yield* asha(axes, search, samples, allowed, loss);
  }
}

/** A search that knows from the start what it wants. */
function* all(trials: readonly Trial[]): Search {
  yield { start: trials, awaited: trials };
}
