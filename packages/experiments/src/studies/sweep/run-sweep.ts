import { InputError } from '@apical/core';
import { Claims, defaultLeaseSeconds } from '../../claims/claims.ts';
import { thisProcess } from '../../claims/owner.ts';
import { throttle } from '../../pool/throttle.ts';
import { workerCount } from '../../pool/worker-count.ts';
import { completedSettings } from '../axis-values.ts';
import type { Failure, StudyResults, TrialResult } from '../results.ts';
import { createSearch } from '../search/create-search.ts';
import { inheritRun } from '../store/inherit-run.ts';
import { RunIndex } from '../store/run-index.ts';
import type { Study } from '../study.ts';
import { trialConfig } from '../trial-config.ts';
import { Plan, type PlannedRun } from './plan.ts';
import { prepareStudy } from './prepare.ts';
import { RunQueue } from './run-queue.ts';
import { SweepPool } from './sweep-pool.ts';
import { SweepStopped } from './sweep-stopped.ts';

const millisecondsBetweenReports = 200;
const millisecondsBetweenQuestions = 1000;

/** How far a sweep is. */
export interface SweepProgress {
  /** Runs that have ended, and how many of them diverged. */
  readonly done: number;
  readonly diverged: number;
  /** Runs that this process is doing, and that it could not do. */
  readonly running: number;
  readonly failed: number;
  /** Runs that the search has asked for so far; where it is known how many there will be, all. Of a shard, its own. */
  readonly planned: number;
  /** The best trial so far, of those that learned most samples. */
  readonly best: TrialResult | undefined;
}

export interface SweepOptions {
  /** Runs at a time; changes no result. Default: as many as the machine does well. */
  readonly workers?: number | undefined;
  /** The folder of the data sets: see `dataDirectory`. */
  readonly directory?: string | undefined;
  /** Stops the sweep: the runs that are going on write checkpoints. */
  readonly signal?: AbortSignal | undefined;
  /** Only part `index` (from 1) of `count`, where processes do not share a file system. Not for searches that learn. */
  readonly shard?: { readonly index: number; readonly count: number } | undefined;
  /** How long a run learns between two checkpoints. Default: 30. */
  readonly checkpointSeconds?: number | undefined;
  /** How long another process may be silent before its runs are taken over. Default: 90. */
  readonly leaseSeconds?: number | undefined;
  /** Told whenever a run has begun or ended. */
  readonly onProgress?: ((progress: SweepProgress) => void) | undefined;
  /** Told, in words, what was damaged and repaired. */
  readonly onNote?: ((text: string) => void) | undefined;
  /** Told, in words, what goes wrong by the theory of a rule, of the first few runs. */
  readonly onWarning?: ((text: string) => void) | undefined;
}

/**
 * Does the runs of a study in worker threads, and keeps them in a folder. Any number of processes can do this with the same
 * folder, on any machines that share it; each run is done once. What is there already is not done again.
 *
 * @param source the text of the study's file
 * @returns what came of all trials: the same, but for the seconds, at any number of workers and processes, in any order
 * @throws InputError where the data is not there, or the folder holds another study or cannot be written; SweepStopped where
 *   `stopSweep` ended it; the signal's reason
 */
export async function runSweep(
  study: Study,
  source: string,
  folder: string,
  options: SweepOptions = {},
): Promise<StudyResults> {
  const {
    signal,
    shard,
    checkpointSeconds = 30,
    leaseSeconds = defaultLeaseSeconds,
    onNote = () => {},
    onWarning = () => {},
  } = options;
  if (shard && ['tpe', 'asha'].includes(study.search.method)) {
    throw new InputError(
      `--shard: ${study.search.method} decides by results which runs there are; start processes that share the folder instead`,
    );
  }
  const workers = workerCount(options.workers, Number.POSITIVE_INFINITY);
  const { sets, recorded } = await prepareStudy(study, source, folder, options);
  const owner = thisProcess();
  const index = new RunIndex(folder, owner.id);
  index.refresh({ repair: true });
  const plan = new Plan(study, index);
  const pool = new SweepPool({ samples: sets.shared, checkpointSeconds }, workers);
  const claims = new Claims(folder, { leaseSeconds, owner, inherit: inheritRun });
  const queue = new RunQueue(index, claims, {
    workers,
    perform: ({ config }, work) =>
      pool.run({
        config,
        data: sets.places(config),
        dataSha256: sets.sha256(config),
        notes: sets.get(config.data).notes,
        folder: work,
        keepWeights: study.keepWeights,
      }),
    onChange: () => tellNowAndThen(undefined),
    onNote,
    onWarning,
  });
  const asked: PlannedRun[] = [];
  const tell = () => {
    const part = shard
      ? { runs: asked, planned: asked.length }
      : { runs: [...plan.runs.values()], planned: plan.expectedRuns };
    options.onProgress?.({ ...progressOf(part.runs, index, queue, workers), planned: part.planned, best: plan.best });
  };
  const tellNowAndThen = throttle(tell, millisecondsBetweenReports);
  const stop = () => {
    queue.stop();
    pool.stop();
  };
  let isAsked = false;
  const asking = setInterval(() => {
    if (!claims.isAskedToStop) return;
    isAsked = true;
    stop();
  }, millisecondsBetweenQuestions);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    if (signal?.aborted) stop();
    await search(study, plan, queue, asked, shard);
    await queue.settle();
    await claims.clearEnded((run) => index.runs.has(run));
    claims.clearGone();
    tell();
    signal?.throwIfAborted();
    if (isAsked) throw new SweepStopped(folder);
  } finally {
    clearInterval(asking);
    signal?.removeEventListener('abort', stop);
    await pool.close();
    claims.close();
    index.flush();
  }
  index.refresh();
  const failures = [...queue.failures.values()];
  return { study, recorded, ...resultsOf(plan, failures) };
}

function resultsOf(plan: Plan, failures: readonly Failure[]) {
  const trials = plan.trials.map((trial) => plan.result(trial));
  return { trials, failures, isComplete: failures.length === 0 && trials.every(({ isComplete }) => isComplete) };
}

/** How far these runs are. */
function progressOf(runs: readonly PlannedRun[], index: RunIndex, queue: RunQueue, workers: number) {
  const ended = runs.flatMap(({ name }) => index.runs.get(name) ?? []);
  return {
    done: ended.length,
    diverged: ended.filter(({ summary }) => summary.status === 'diverged').length,
    running: Math.min(queue.running, workers),
    failed: queue.failures.size,
  };
}

/**
 * Lets the search propose and the queue work, until both are at the end, or the search needs a run that failed.
 *
 * @param asked is given the runs that this process is to see to their end, as they are asked for
 */
async function search(
  study: Study,
  plan: Plan,
  queue: RunQueue,
  asked: PlannedRun[],
  shard: SweepOptions['shard'],
): Promise<void> {
  const { samples } = trialConfig(study, { settings: completedSettings(study.axes, {}) }, 0);
  const mine = (_: PlannedRun, ordinal: number) => !shard || ordinal % shard.count === shard.index - 1;
  for (const round of createSearch(study, samples, (trial) => plan.result(trial).loss)) {
    const added = plan.add(round.start).filter(mine);
    for (const run of added) asked.push(run);
    queue.add(added);
    const awaited = round.awaited.flatMap((trial) => plan.runsOf(trial));
    await queue.until(shard ? added : awaited);
    if (awaited.some(({ name }) => queue.failures.has(name)) || queue.isStopping) break;
  }
  await queue.until(asked);
}
