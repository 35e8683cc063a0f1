import type { RunConfig } from '../config/run-config.ts';
import type { RunOutcome } from '../runs/result.ts';
import { type RunAllOptions, runAll } from './run-all.ts';

/**
 * Does many runs, as `runAll` does. Aborted, it stops at once and returns what is finished.
 *
 * @returns the outcomes in the order of the configs; undefined where a run was aborted
 * @throws as `runAll`, but the signal's reason only where no run is finished
 */
export async function runUntilAborted(
  configs: readonly RunConfig[],
  options: RunAllOptions,
): Promise<(RunOutcome | undefined)[]> {
  const outcomes: (RunOutcome | undefined)[] = configs.map(() => undefined);
  try {
    await runAll(configs, {
      ...options,
      onFinished: (run, outcome) => {
        outcomes[run] = outcome;
        options.onFinished?.(run, outcome);
      },
    });
  } catch (error) {
    const finished = outcomes.some((outcome) => outcome !== undefined);
    if (!(options.signal?.aborted && finished)) throw error;
  }
  return outcomes;
}
