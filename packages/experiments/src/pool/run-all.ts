import type { RunConfig } from '../config/run-config.ts';
import { DataSets } from '../runs/data-sets.ts';
import type { RunOutcome } from '../runs/result.ts';
import { type RunListener, runOnPool } from './run-on-pool.ts';
import { workerCount } from './worker-count.ts';
import { WorkerPool } from './worker-pool.ts';

export interface RunAllOptions extends RunListener {
  /** How many runs go on at a time; changes no result. Default: as many as the machine does well. */
  readonly workers?: number | undefined;
  /** Their data, where it is loaded already. */
  readonly sets?: DataSets | undefined;
  /** The folder of the data sets: see `dataDirectory`. */
  readonly directory?: string | undefined;
  /** Ends all runs at once; those that have finished were given to `onFinished`. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does many runs in worker threads. Each data set is loaded once, into memory that all workers read. A run that diverges
 * is a result, too.
 *
 * @returns the outcomes in the order of the configs; the same, bit for bit but for the seconds, at any number of workers
 * @throws InputError where a data set is not there, or settings do not fit it; the signal's reason; Error if a thread fails
 */
export async function runAll(configs: readonly RunConfig[], options: RunAllOptions = {}): Promise<RunOutcome[]> {
  const { directory, signal } = options;
  const workers = workerCount(options.workers, configs.length);
  signal?.throwIfAborted();
  if (configs.length === 0) return [];
  const sets = options.sets ?? (await DataSets.load(configs, { directory, signal }));
  const pool = new WorkerPool(sets.shared, workers, signal);
  try {
    return await runOnPool(pool, sets, configs, options);
  } finally {
    await pool.close();
  }
}
