import type { Method } from '@apical/experiments';
import type { Experiment } from './experiment.ts';
import { methodTitles } from './method-titles.ts';

/** What tells a run from others beside which it is drawn. */
export function runLabel(method: Method, { hidden, seed }: Experiment): string {
  return `${methodTitles[method]}, k = ${hidden}, seed ${seed}`;
}
