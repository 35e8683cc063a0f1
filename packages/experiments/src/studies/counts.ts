import { completedSettings } from './axis-values.ts';
import { isUnmeasured, type StudyResults, settingsKey, type TrialResult } from './results.ts';
import { rungs } from './search/asha.ts';
import { trialConfig } from './trial-config.ts';

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
