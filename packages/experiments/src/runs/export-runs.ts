import { readdirSync, rmSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InputError } from '@apical/core';
import type { Settings } from '../config/settings.ts';
import { flatten } from '../config/settings.ts';
import { isTemporary, makeFolder, writeAtomically } from '../files/atomic-write.ts';
import { eventFile } from '../tensorboard/event-file.ts';
import type { RunEvaluation } from './result.ts';
import { runFiles } from './run-files.ts';
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
const ownNames = /^events\.out\.tfevents\.\d+\.apical$/;

/**
 * Writes a TensorBoard event file for each run, in a folder of the run's name: `tensorboard --logdir` of `directory` then has
 * a curve a run, with its settings as hyperparameters. What was written for the run before is replaced.
 *
 * @returns the files' paths
 * @throws InputError where one of these folders holds something else; nothing is written, then
 */
export function writeEventFiles(runs: readonly ListedRun[], root: string, directory: string): string[] {
  const placed = runs.map((run) => ({ run, folder: join(directory, relative(root, run.directory)) }));
  for (const folder of new Set([directory, ...placed.map(({ folder }) => folder)])) checkFolder(folder);
  return placed.map(({ run, folder }) => {
    const path = join(folder, eventFileName);
    makeFolder(folder);
    const { evaluateAt: _, ...settings } = flatten(run.config);
    const options = { ...timesOf(run), settings, status: run.summary?.status ?? 'unfinished' };
    writeAtomically(path, eventFile(evaluationsOf(run), options), { durable: false });
    for (const name of readdirSync(folder)) {
      if (ownNames.test(name) && name !== eventFileName) rmSync(join(folder, name), { force: true });
    }
    return path;
  });
}

/** @throws InputError where a folder holds other files than these */
function checkFolder(folder: string): void {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  const entries = readdirSync(folder, { withFileTypes: true });
  const other = entries.find((entry) => !entry.isDirectory() && !ownNames.test(entry.name) && !isTemporary(entry.name));
  if (other === undefined) return;
  throw new InputError(
    `${folder}: holds ${other.name} that no export of apical wrote; choose an empty or new folder with --out`,
  );
}

/** When a run began and how long it took, as far as that is known: by its summary, or when its files were written. */
function timesOf({ directory, summary }: ListedRun): { readonly wallTime: number; readonly seconds: number } {
  const written = (name: string) => (statSync(join(directory, name), { throwIfNoEntry: false })?.mtimeMs ?? 0) / 1000;
  const wallTime = written(runFiles.config);
  const taken = summary?.status === 'finished' ? summary.seconds : written(runFiles.metrics) - wallTime;
  return { wallTime, seconds: Math.max(0, taken) };
}
