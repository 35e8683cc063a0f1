import type { RunConfig } from '../config/run-config.ts';
import type { Settings } from '../config/settings.ts';
import type { Summary } from '../runs/summary.ts';
import type { Recorded } from './store/held-study.ts';
import type { Study, Trial } from './study.ts';

/** A run of a trial, with one seed. */
export interface TrialRun {
  readonly name: string;
  readonly config: RunConfig;
  /** How it ended; absent if it has not. */
  readonly summary?: Summary;
  /** What the study's objective says of it; absent if it diverged, was not measured or has not ended. */
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
  /** How many of them learned all their samples, and have no value: the metric was not recorded, or is no finite number. */
  readonly unmeasured: number;
  /** Mean and standard deviation of the values over the seeds; NaN where one has none. */
  readonly mean: number;
  readonly sd: number;
  /** Small is good; Infinity where a run has no value. */
  readonly loss: number;
}

/** What came of a study, as far as it is done. */
export interface StudyResults {
  readonly study: Study;
  readonly recorded: Recorded;
  /** In the order in which the search proposed them, equal ones once; the marked settings first. */
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

/** How many samples the runs of a trial learn. */
export function samplesOf({ runs }: TrialResult): number {
  return runs[0]?.config.samples ?? 0;
}

/** The same text for the same settings, in whatever order they are. */
export function settingsKey(settings: Settings): string {
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The value of an axis in words; a dash for an axis that does not count. */
export function valueWords(value: unknown): string {
  return value === undefined ? '–' : String(value);
}

/** Whether a run learned all its samples and has no value. */
export function isUnmeasured({ summary, value }: TrialRun): boolean {
  return summary?.status === 'finished' && value === undefined;
}

/** The names of marked settings, by `settingsKey`. */
export function markedNames({ marked }: Study): Map<string, string> {
  const names = new Map<string, string>();
  for (const { name, settings } of marked) {
    const key = settingsKey(settings);
    names.set(key, names.has(key) ? `${names.get(key)}, ${name}` : name);
  }
  return names;
}
