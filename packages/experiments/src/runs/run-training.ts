import type { Matrix } from 'apical';
import type { RunConfig } from '../config/run-config.ts';
import { DataSets, dataAt } from './data-sets.ts';
import { learn } from './learn.ts';
import type { RunEvaluation, RunResult } from './result.ts';
import { RunFolder } from './run-folder.ts';

export interface RunTrainingOptions {
  /** The folder of the data sets: see `dataDirectory`. */
  readonly directory?: string;
  /** Weights to start from, instead of the config's. */
  readonly weights?: Readonly<Record<string, Matrix>>;
  /** A folder to keep the run in: see `RunFolder`. */
  readonly folder?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (samplesSeen: number) => void;
  readonly onEvaluation?: (evaluation: RunEvaluation) => void;
}

/**
 * Does one run in this thread: loads the data set, learns, evaluates.
 *
 * @throws InputError where the data set is not there, the folder cannot be used, or the settings do not fit the data set;
 *   DivergenceError; the signal's reason. A folder then keeps what was written, without a summary.
 */
export async function runTraining(config: RunConfig, options: RunTrainingOptions = {}): Promise<RunResult> {
  const { directory, folder, onEvaluation, ...rest } = options;
  rest.signal?.throwIfAborted();
  const sets = await DataSets.load([config], { directory, signal: rest.signal });
  const kept =
    folder === undefined ? undefined : await RunFolder.create(folder, config, sets.sha256(config), rest.weights);
  const result = await learn(config, dataAt(sets.shared, sets.places(config)), {
    ...rest,
    onEvaluation: async (evaluation) => {
      await kept?.append(evaluation);
      onEvaluation?.(evaluation);
    },
  });
  await kept?.finish(result);
  return result;
}
