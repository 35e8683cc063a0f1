import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Settings } from '../config/settings.ts';
import { flatten } from '../config/settings.ts';
import { makeFolder, writeAtomically } from '../files/atomic-write.ts';
import { eventFile } from '../tensorboard/event-file.ts';
import type { RunEvaluation } from './result.ts';
import { runFiles } from './run-folder.ts';
import { type ListedRun, readMetrics } from './stored-run.ts';

/** The evaluations of a run, as its folder has them. */
export function evaluationsOf(run: ListedRun): RunEvaluation[] {
  return readMetrics(run).evaluations;
}

/** All evaluations of all runs as rows of a table: the run, the samples learned, and what was measured. */
export function evaluationRows(runs: readonly ListedRun[], root: string): Settings[] {
  return runs.flatMap((run) =>
    evaluationsOf(run).map((evaluation) => ({ run: relative(root, run.directory) || '.', ...flatten(evaluation) })),
  );
}

/** One name for all times: TensorBoard shows the points of all files that a folder has. */
const eventFileName = 'events.out.tfevents.0000000000.apical';
/** Earlier versions put the time into it. */
const earlierName = /^events\.out\.tfevents\.\d+\.apical$/;

/**
 * Writes a TensorBoard event file for each run, in a folder of the run's name: `tensorboard --logdir` of `directory` then has
 * a curve a run, with its settings as hyperparameters. What was written for the run before is replaced.
 *
 * @returns the files' paths
 */
export function writeEventFiles(runs: readonly ListedRun[], root: string, directory: string): string[] {
  return runs.map((run) => {
    const seconds = statSync(join(run.directory, runFiles.config)).mtimeMs / 1000;
    const folder = join(directory, relative(root, run.directory));
    const path = join(folder, eventFileName);
    makeFolder(folder);
    const { evaluateAt: _, ...settings } = flatten(run.config);
    const options = { wallTime: seconds, settings, status: run.summary?.status ?? 'unfinished' };
    writeAtomically(path, eventFile(evaluationsOf(run), options), { durable: false });
    for (const name of readdirSync(folder)) {
      if (earlierName.test(name) && name !== eventFileName) rmSync(join(folder, name), { force: true });
    }
    return path;
  });
}
