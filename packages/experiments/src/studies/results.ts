import type { RunConfig } from '../config/run-config.ts';
import type { Settings } from '../config/settings.ts';
import type { Summary } from '../runs/summary.ts';
import { completedSettings } from './axis-values.ts';
import { rungs } from './search/asha.ts';
import type { Recorded } from './store/study-folder.ts';
import type { Study, Trial } from './study.ts';
import { trialConfig } from './trial-config.ts';

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

/**
 * Every setting once, by the longest of its trials that have ended: those that learned most samples first, of these the best,
 * and of equal ones the earlier. Those without a value are last, and of these the ones that diverged.
 */
export function ranked(trials: readonly TrialResult[]): TrialResult[] {
  const longest = new Map<string, TrialResult>();
  for (const result of trials) {
    if (!result.isComplete) continue;
    const key = settingsKey(result.trial.settings);
    const before = longest.get(key);
    if (before === undefined || samplesOf(before) < samplesOf(result)) longest.set(key, result);
  }
  return [...longest.values()].sort(
    (a, b) => Number(a.loss === Infinity) - Number(b.loss === Infinity) || samplesOf(b) - samplesOf(a) || byLoss(a, b),
  );
}

/**
 * Trials that can be compared, the best first: those that have ended and learned the same number of samples, the one that most
 * of them learned. In successive halving that is the lowest rung, which all settings were on.
 */
export function comparable(trials: readonly TrialResult[]): TrialResult[] {
  const lengths = new Map<number, TrialResult[]>();
  for (const result of trials) {
    if (!result.isComplete) continue;
    const alike = lengths.get(samplesOf(result));
    if (alike) alike.push(result);
    else lengths.set(samplesOf(result), [result]);
  }
  const [most = []] = [...lengths]
    .sort(([samples, some], [others, more]) => more.length - some.length || others - samples)
    .map(([, alike]) => alike);
  return most.toSorted(byLoss);
}

function byLoss(a: TrialResult, b: TrialResult): number {
  if (a.loss !== b.loss) return a.loss < b.loss ? -1 : 1;
  return Number(a.diverged > 0) - Number(b.diverged > 0);
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

/** What there is of a study, each counted once. */
export interface StudyCounts {
  readonly settings: number;
  /** Settings of which a run diverged. */
  readonly divergedSettings: number;
  /** Runs that have ended, how many of them diverged, and how many have no value though they did not. */
  readonly ended: number;
  readonly diverged: number;
  readonly unmeasured: number;
}

export function countsOf({ trials }: Pick<StudyResults, 'trials'>): StudyCounts {
  const keysOf = (some: readonly TrialResult[]) => new Set(some.map(({ trial }) => settingsKey(trial.settings))).size;
  const runs = [...new Map(trials.flatMap((trial) => trial.runs.map((run) => [run.name, run] as const))).values()];
  return {
    settings: keysOf(trials),
    divergedSettings: keysOf(trials.filter(({ diverged }) => diverged > 0)),
    ended: runs.filter(({ summary }) => summary).length,
    diverged: runs.filter(({ summary }) => summary?.status === 'diverged').length,
    unmeasured: runs.filter(isUnmeasured).length,
  };
}

/** Whether a run learned all its samples and has no value. */
export function isUnmeasured({ summary, value }: TrialRun): boolean {
  return summary?.status === 'finished' && value === undefined;
}

/** A rung of successive halving. */
export interface Rung {
  readonly samples: number;
  /** How many settings were tried on it. */
  readonly settings: number;
}

/** The rungs of a study that is searched by successive halving, the lowest first; of others there are none. */
export function rungsOf({ study, trials }: Pick<StudyResults, 'study' | 'trials'>): Rung[] {
  const { search } = study;
  if (search.method !== 'asha') return [];
  const { samples: most } = trialConfig(study, { settings: completedSettings(study.axes, {}) }, 0);
  return rungs(search, most).map((samples) => ({
    samples,
    settings: trials.filter(({ trial }) => trial.samples === samples).length,
  }));
}
