import { ruleTitle } from '@apical/experiments';
import { hiddenWords } from './circuit.ts';
import type { Experiment } from './experiment.ts';

/** What tells a run from others beside which it is drawn. */
export function runLabel(rule: string, { hidden, seed }: Experiment): string {
  return `${ruleTitle(rule)}, k = ${hiddenWords(hidden)}, seed ${seed}`;
}
