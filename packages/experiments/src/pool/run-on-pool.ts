import { layersOf } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import type { DataSets } from '../runs/data-sets.ts';
import type { RunOutcome } from '../runs/result.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What is told while runs go on; `run` is a run's place among the configs. */
export interface RunListener {
  /** Several times a second, and once when the run has learned its last sample. */
  readonly onProgress?: ((run: number, samplesSeen: number) => void) | undefined;
  /** Told, in words, what there is to be said of a run, when it is finished. */
  readonly onWarning?: ((run: number, text: string) => void) | undefined;
  readonly onFinished?: ((run: number, outcome: RunOutcome) => void) | undefined;
}

/**
 * Does runs on a pool, the longest first, so that none is left over at the end. The first failure ends the wait.
 *
 * @returns the outcomes in the order of the configs
 */
export async function runOnPool(
  pool: WorkerPool,
  sets: DataSets,
  configs: readonly RunConfig[],
  { onProgress, onWarning, onFinished }: RunListener,
): Promise<RunOutcome[]> {
  const cost = ({ data, hidden, samples }: RunConfig) => {
    const { inputs, labels } = sets.get(data).samples;
    const widths = [inputs, ...layersOf(hidden), labels];
    return samples * widths.slice(1).reduce((sum, width, layer) => sum + width * widths[layer]!, 0);
  };
  const jobs = configs.map((config, run) => ({ config, run, cost: cost(config) })).sort((a, b) => b.cost - a.cost);
  const outcomes: RunOutcome[] = [];
  await Promise.all(
    jobs.map(async ({ config, run }) => {
      const outcome = await pool.run(config, sets.places(config), (seen) => onProgress?.(run, seen));
      outcomes[run] = outcome;
      for (const text of Object.values(outcome.warnings ?? {})) onWarning?.(run, text);
      onProgress?.(run, config.samples);
      onFinished?.(run, outcome);
    }),
  );
  return outcomes;
}
