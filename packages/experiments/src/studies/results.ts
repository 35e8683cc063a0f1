import type { RunConfig } from '../config/run-config.ts';
import type { Summary } from '../runs/summary.ts';
import type { Recorded } from './store/study-folder.ts';
import type { Study, Trial } from './study.ts';

/** A run of a trial, with one seed. */
export interface TrialRun {
  readonly name: string;
  readonly config: RunConfig;
  /** How it ended; absent if it has not. */
  readonly summary?: Summary;
  /** What the study's objective says of it; absent if it diverged or has not ended. */
  readonly value?: number;
}

/** What came of a trial. */
export interface TrialResult {
  readonly trial: Trial;
  /** One a seed. */
  readonly runs: readonly TrialRun[];
  /** Whether all of them have ended. */
  readonly isComplete: boolean;
  /** How many of them diverged. */
  readonly diverged: number;
  /** Mean and standard deviation of the values over the seeds; NaN where one diverged. */
  readonly mean: number;
  readonly sd: number;
  /** Small is good; Infinity where a run diverged or has not ended. */
  readonly loss: number;
}

/** What came of a study, as far as it is done. */
export interface StudyResults {
  readonly study: Study;
  readonly recorded: Recorded;
  /** In the order in which the search proposed them; the marked settings first. */
  readonly trials: readonly TrialResult[];
  /** Whether all runs of the study have ended. */
  readonly isComplete: boolean;
  /** Runs that could not be done, and why. */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly config: RunConfig;
  readonly reason: string;
}

/** The trials that learned all samples, the best first; of equal ones, the earlier. */
export function ranked(trials: readonly TrialResult[]): TrialResult[] {
  const most = trials.reduce((samples, { runs }) => Math.max(samples, runs[0]?.config.samples ?? 0), 0);
  return trials
    .filter(({ runs, isComplete }) => isComplete && runs[0]?.config.samples === most)
    .sort((a, b) => (a.loss < b.loss ? -1 : Number(a.loss > b.loss)));
}
