import type { RunConfig } from '../../config/run-config.ts';
import { moments } from '../../statistics/moments.ts';
import { lossOf, measure } from '../measure.ts';
import { bestOf } from '../ranked.ts';
import { isUnmeasured, settingsKey, type TrialResult } from '../results.ts';
import type { RunIndex } from '../store/run-index.ts';
import { runName } from '../store/run-store.ts';
import type { Study, Trial } from '../study.ts';
import { trialConfig } from '../trial-config.ts';

/** A run that a study needs. */
export interface PlannedRun {
  readonly name: string;
  readonly config: RunConfig;
}

/** The trials of a study that are known, and their runs. Equal trials are one, and so is a run that two have in common. */
export class Plan {
  readonly trials: Trial[] = [];
  readonly runs = new Map<string, PlannedRun>();
  readonly #study: Study;
  readonly #index: RunIndex;
  readonly #runsOf = new Map<Trial, readonly PlannedRun[]>();
  readonly #known = new Set<string>();
  /** How many trials were added, equal ones as often as they were. */
  #added = 0;
  /** Of trials whose runs have all ended: these change no more. */
  readonly #complete = new Map<Trial, TrialResult>();

  constructor(study: Study, index: RunIndex) {
    this.#study = study;
    this.#index = index;
  }

  /** Adds trials. @returns those of their runs that were not planned before */
  add(trials: readonly Trial[]): PlannedRun[] {
    const added: PlannedRun[] = [];
    for (const trial of trials) {
      const runs = this.#study.seeds.map((seed) => {
        const config = trialConfig(this.#study, trial, seed);
        const name = runName(config);
        const known = this.runs.get(name);
        if (known) return known;
        const run = { name, config };
        this.runs.set(name, run);
        added.push(run);
        return run;
      });
      this.#runsOf.set(trial, runs);
      this.#added++;
      const key = `${settingsKey(trial.settings)} ${runs[0]?.config.samples}`;
      if (this.#known.has(key)) continue;
      this.#known.add(key);
      this.trials.push(trial);
    }
    return added;
  }

  /** How many runs there will be, as far as that is known; with equal trials to come, fewer. */
  get expectedRuns(): number {
    const { search, marked, seeds } = this.#study;
    const coming = search.method === 'tpe' ? marked.length + search.trials - this.#added : 0;
    return this.runs.size + coming * seeds.length;
  }

  /** The best trial so far, of those that learned most samples. */
  get best(): TrialResult | undefined {
    return bestOf(this.trials.map((trial) => this.result(trial)));
  }

  runsOf(trial: Trial): readonly PlannedRun[] {
    return this.#runsOf.get(trial) ?? [];
  }

  /** What came of a trial so far. */
  result(trial: Trial): TrialResult {
    const known = this.#complete.get(trial);
    if (known) return known;
    const result = this.#compute(trial);
    if (result.isComplete) this.#complete.set(trial, result);
    return result;
  }

  #compute(trial: Trial): TrialResult {
    const runs = this.runsOf(trial).map(({ name, config }) => {
      const ended = this.#index.runs.get(name);
      const summary = ended?.summary;
      const value = ended && measure(this.#study.objective, ended, this.#index);
      return { name, config, ...(summary && { summary }), ...(value !== undefined && { value }) };
    });
    const values = runs.flatMap(({ value }) => value ?? []);
    const isComplete = runs.every(({ summary }) => summary !== undefined);
    const { mean, sd } = values.length === runs.length ? moments(values) : { mean: Number.NaN, sd: Number.NaN };
    return {
      trial,
      runs,
      isComplete,
      diverged: runs.filter(({ summary }) => summary?.status === 'diverged').length,
      unmeasured: runs.filter(isUnmeasured).length,
      mean,
      sd,
      loss: Number.isNaN(mean) ? Infinity : lossOf(this.#study.objective, mean),
    };
  }
}
