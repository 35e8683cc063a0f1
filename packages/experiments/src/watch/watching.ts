import type { Enclosure } from './enclosure.ts';
import type { RunList } from './run-list.ts';
import type { SignsOfLife } from './signs-of-life.ts';

/** What those who look at folders have in common: what they read through, and where they put what they find. */
export interface Watching {
  readonly enclosure: Enclosure;
  readonly runs: RunList;
  readonly life: SignsOfLife;
  /** Told why a folder could not be looked at; the others are. */
  readonly onProblem: (problem: string) => void;
}
