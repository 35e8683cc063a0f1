import { hiddenWords } from './circuit.ts';
import type { Experiment } from './experiment.ts';
import { ruleTitle } from './rule-title.ts';

/** What tells a run from others beside which it is drawn. */
export function runLabel(rule: string, { hidden, seed }: Experiment): string {
  return `${ruleTitle(rule)}, k = ${hiddenWords(hidden)}, seed ${seed}`;
}
