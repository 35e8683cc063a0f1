import { InputError } from '@apical/core';
import { chosenSeeds } from '../config/chosen-seeds.ts';
import type { RunConfig } from '../config/run-config.ts';
import type { ExperimentOptions } from '../pool/experiment-options.ts';
import { runUntilAborted } from '../pool/run-until-aborted.ts';
import { workerCount } from '../pool/worker-count.ts';
import { describeMachine, version } from '../provenance.ts';
import { DataSets } from '../runs/data-sets.ts';
import { groupOf } from '../runs/group.ts';
import { hasDiverged, type RunOutcome, type RunResult } from '../runs/result.ts';
import type { ReproducedContender, Reproduction } from './reproduction.ts';
import type { ReproductionResults } from './results.ts';
import { judge } from './verdicts.ts';

export interface ReproduceOptions extends ExperimentOptions {
  /** A look: one seed, few samples, and nothing is judged. */
  readonly quick?: boolean | undefined;
  /** Runs of each contender. Default: as the reproduction says. */
  readonly seeds?: number | undefined;
}

/**
 * Does all runs of a reproduction and judges what came of them. Aborted, it stops at once and returns what is finished.
 * @throws InputError where data is not there; the signal's reason where nothing is finished
 */
export async function reproduce(
  reproduction: Reproduction,
  options: ReproduceOptions = {},
): Promise<ReproductionResults> {
  const start = performance.now();
  const { quick = false, directory, signal, onStart, onProgress } = options;
  const jobs = jobsOf(reproduction, options);
  const configs = jobs.map(({ config }) => config);
  const [first] = configs;
  if (!first) throw new InputError(`${reproduction.name} has no contenders`);
  const workers = workerCount(options.workers, jobs.length);
  const sets = await DataSets.load(configs, { directory, signal });
  onStart?.(jobs.map(({ label, config }) => ({ label: `${label} seed ${config.seed}`, samples: config.samples })));
  const outcomes = await runUntilAborted(configs, { workers, sets, signal, onProgress });
  const ended = reproduction.contenders.map(({ label, derived }) => {
    const own = outcomes.flatMap((outcome, run) => (jobs[run]?.label === label ? (outcome ?? []) : []));
    return { label, outcomes: derived && !quick ? own.map((each) => withDerived(each, derived)) : own };
  });
  const contenders = ended.flatMap(({ label, outcomes: own }) =>
    own.length > 0 ? [{ label, runs: groupOf(own) }] : [],
  );
  const finished = new Map(
    ended.map(({ label, outcomes: own }) => [label, own.filter((each): each is RunResult => !hasDiverged(each))]),
  );
  const isWhole = ended.every(({ outcomes: own }) => own.length > 0);
  const { name, title, measures } = reproduction;
  return {
    experiment: 'reproduction',
    name,
    title,
    version,
    quick,
    contenders,
    measures,
    verdicts: quick ? [] : judge(measures, contenders),
    ...(reproduction.figures && !quick && isWhole && { figures: reproduction.figures(finished) }),
    data: {
      set: first.data.set,
      split: first.data.split,
      count: sets.get(first.data).samples.count,
      sha256: Object.assign({}, ...configs.map((config) => sets.sha256(config))),
    },
    provenance: { ...describeMachine(), seconds: (performance.now() - start) / 1000, workers },
  };
}

/** A run with what is computed of it among what it measured. */
function withDerived(outcome: RunOutcome, derived: NonNullable<ReproducedContender['derived']>): RunOutcome {
  if (hasDiverged(outcome)) return outcome;
  const readings = derived(outcome);
  const evaluations = outcome.evaluations.map((each, i) => ({ ...each, probes: { ...each.probes, ...readings[i] } }));
  return { ...outcome, evaluations };
}

/** All runs, those of the first seed first: whoever stops early has something of every contender. */
function jobsOf(
  { contenders, seeds: usual, quickSamples }: Reproduction,
  { quick, seeds, seed = 1 }: ReproduceOptions,
) {
  const jobs = contenders.flatMap(({ label, config, seeds: own = usual, shuffled, drawn }) =>
    chosenSeeds('seeds', seeds ?? (quick ? 1 : own), seed).map((seed) => {
      const { data } = config;
      const whole = {
        ...config,
        data: { ...data, ...(shuffled && { shuffle: seed }), ...(drawn && { set: drawOf(data.set, seed) }) },
        seed,
      };
      return { label, config: quick ? shortened(whole, quickSamples) : whole };
    }),
  );
  return jobs.toSorted((a, b) => a.config.seed - b.config.seed);
}

/** Generated data, made by a seed. */
function drawOf(set: string, seed: number): string {
  return `${set}${set.includes('?') ? '&' : '?'}seed=${seed}`;
}

/** The beginning of a run: its first so many samples. */
function shortened(config: RunConfig, samples: number): RunConfig {
  const { batch = 1 } = config;
  const end = Math.min(config.samples, Math.ceil(samples / batch) * batch);
  const evaluateAt = config.evaluateAt.filter((at) => at < end);
  // Nothing is drawn of a look.
  const { record: _, ...others } = config;
  return { ...others, samples: end, evaluateAt: [...evaluateAt, end] };
}
