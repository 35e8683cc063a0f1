import { InputError, type Matrix } from '@apical/core';
import { chosenSeeds } from '../config/chosen-seeds.ts';
import { comparedObjective } from '../config/loss-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { differences } from '../config/settings.ts';
import type { ExperimentOptions } from '../pool/experiment-options.ts';
import { runUntilAborted } from '../pool/run-until-aborted.ts';
import { workerCount } from '../pool/worker-count.ts';
import { describeMachine, version } from '../provenance.ts';
import { DataSets } from '../runs/data-sets.ts';
import { groupOf } from '../runs/group.ts';
import { inputWeights } from '../runs/input-weights.ts';
import { hasDiverged, type RunOutcome } from '../runs/result.ts';
import { moments } from '../statistics/moments.ts';
import { pairedDifference } from '../statistics/paired.ts';
import type { Comparison, Contender, Difference } from './results.ts';

/** A config with a name for it; its seed is not used. */
export interface Entry {
  readonly label: string;
  readonly config: RunConfig;
}

export interface CompareOptions extends ExperimentOptions {
  /** Runs of each, on seeds one after the other. Default 5. */
  readonly seeds?: number | undefined;
  /** Of the intervals, more than 0 and less than 1. Default 0.95. */
  readonly confidence?: number | undefined;
}

/** A comparison with weights of its networks. */
export interface Compared {
  results: Comparison;
  /** What runs from the inputs, of each contender's first run that came to its end, by its name. */
  firstLayers: Record<string, Matrix>;
}

/**
 * Runs several configs on the same data with the same seeds, and compares what they come to, seed by seed: a seed gives each
 * the same order of samples, and initial weights from the same random numbers where they have the same shape.
 *
 * Aborted, it stops at once and returns what is finished.
 *
 * @throws InputError for fewer than two configs, two of one name, other data, and options out of range; the signal's reason where
 *   nothing is finished
 */
export async function compare(entries: readonly Entry[], options: CompareOptions = {}): Promise<Compared> {
  const start = performance.now();
  const { confidence = 0.95, directory, signal, onNote, onStart, onProgress } = options;
  checkEntries(entries);
  if (!(confidence > 0 && confidence < 1)) {
    throw new InputError(`the confidence must be more than 0 and less than 1, not ${confidence}`);
  }
  const seeds = chosenSeeds('seeds', options.seeds ?? 5, options.seed ?? 1);
  const jobs = seeds.flatMap((seed) => entries.map((entry) => ({ ...entry, config: { ...entry.config, seed } })));
  const configs = jobs.map(({ config }) => config);
  const workers = workerCount(options.workers, jobs.length);
  const sets = await DataSets.load(configs, { directory, signal, onNote });
  onStart?.(jobs.map(({ label, config }) => ({ label: `${label} seed ${config.seed}`, samples: config.samples })));

  const warned = new Set<string>();
  const warn = (run: number, text: string) => {
    const { label, config } = jobs[run]!;
    const kind = `${label} ${text.replace(/[\d.,]+/g, '')}`;
    // One seed of each says it.
    if (!warned.has(kind)) options.onWarning?.(`${label} seed ${config.seed}, ${text}`);
    warned.add(kind);
  };
  const outcomes = await runUntilAborted(configs, { workers, sets, signal, onProgress, onWarning: warn });
  const ended = (label: string) =>
    outcomes.flatMap((outcome, run) => (jobs[run]?.label === label ? (outcome ?? []) : []));
  const labels = entries.map(({ label }) => label).filter((label) => ended(label).length > 0);
  const contenders = labels.map((label) => contenderOf(label, groupOf(ended(label))));
  const { data } = configs[0] as RunConfig;
  const results: Comparison = {
    experiment: 'comparison',
    version,
    confidence,
    data: { set: data.set, split: data.split, count: sets.get(data).samples.count, sha256: sha256Of(sets, configs) },
    contenders,
    differences: differencesOf(contenders, confidence),
    provenance: { ...describeMachine(), seconds: (performance.now() - start) / 1000, workers },
  };
  return { results, firstLayers: Object.fromEntries(labels.flatMap((label) => firstLayer(label, ended(label)))) };
}

function firstLayer(label: string, outcomes: readonly RunOutcome[]): [string, Matrix][] {
  const W1 = outcomes.flatMap((outcome) => (hasDiverged(outcome) ? [] : (inputWeights(outcome.weights) ?? [])))[0];
  return W1 === undefined ? [] : [[label, W1]];
}

function checkEntries(entries: readonly Entry[]): void {
  const [first, ...others] = entries;
  if (first === undefined || others.length === 0) throw new InputError('a comparison needs two configs at least');
  const labels = entries.map(({ label }) => label);
  const twice = labels.find((label, i) => labels.indexOf(label) < i);
  if (twice !== undefined) throw new InputError(`"${twice}" is there twice: what is compared needs names that differ`);
  for (const { label, config } of others) {
    for (const setting of ['set', 'split', 'first', 'labels'] as const) {
      const [expected, found] = [first.config.data[setting], config.data[setting]];
      if (found === expected) continue;
      const [one, other] = [expected, found].map((value) => value ?? 'absent');
      throw new InputError(
        `what is compared must learn the same data: data.${setting} is ${one} for ${first.label}, and ${other} for ${label}`,
      );
    }
    const [different] = differences(first.config.data.table ?? {}, config.data.table ?? {});
    if (different === undefined) continue;
    const { path, before = 'absent', after = 'absent' } = different;
    throw new InputError(
      `what is compared must learn the same data: data.table.${path} is ${before} for ${first.label}, and ${after} for ${label}`,
    );
  }
}

function contenderOf(label: string, runs: Contender['runs']): Contender {
  const final = Object.entries(runs.curves).map(([name, curve]) => {
    const values = curve.runs.map((run) => run.at(-1) ?? null);
    return [name, { ...moments(values.flatMap((value) => value ?? [])), runs: values }] as const;
  });
  return { label, final: Object.fromEntries(final), runs };
}

/** Values of these are of what a run makes small. */
const ofLosses = ['objective', 'held-out'];

/** Every contender minus the first, for all that both measured at their ends; not the means of two losses, or of other labels, which are two things. */
export function differencesOf([first, ...others]: readonly Contender[], confidence: number): Difference[] {
  if (first === undefined) return [];
  return others.flatMap((other) => {
    const isCompared = comparedObjective(other.runs.config) === comparedObjective(first.runs.config);
    return Object.keys(other.final).flatMap((measured) => {
      if (!isCompared && ofLosses.includes(measured)) return [];
      const finalOf = (contender: Contender, seed: number) =>
        contender.final[measured]?.runs[contender.runs.seeds.indexOf(seed)] ?? null;
      const pairs = other.runs.seeds.flatMap((seed) => {
        const [a, b] = [finalOf(other, seed), finalOf(first, seed)];
        return a === null || b === null ? [] : [{ seed, pair: [a, b] as const }];
      });
      if (pairs.length === 0) return [];
      return [
        {
          measured,
          of: other.label,
          minus: first.label,
          seeds: pairs.map(({ seed }) => seed),
          ...pairedDifference(
            pairs.map(({ pair }) => pair),
            confidence,
          ),
        },
      ];
    });
  });
}

function sha256Of(sets: DataSets, configs: readonly RunConfig[]): Record<string, string> {
  return Object.assign({}, ...configs.map((config) => sets.sha256(config)));
}
