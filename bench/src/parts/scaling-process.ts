// The process that does a share of the runs of `scaling`, and then ends.
import { type RunConfig, runAll } from '@apical/experiments';

/** What the process is sent. */
export interface RunsTask {
  readonly configs: readonly RunConfig[];
  readonly workers: number;
}

// Nor does it go on where the one that asked is gone.
process.once('disconnect', () => process.exit());
process.once('message', async ({ configs, workers }: RunsTask) => {
  await runAll(configs, { workers });
  process.disconnect();
});
