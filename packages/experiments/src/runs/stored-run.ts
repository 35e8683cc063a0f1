import { type Dirent, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InputError } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import { flatten, isRecord, type Settings } from '../config/settings.ts';
import { jsonIfSound } from '../files/read-file.ts';
import { errorCode } from '../files/write-problem.ts';
import { MetricsLog } from './metrics-log.ts';
import { readSummary, runFiles } from './run-folder.ts';
import type { Summary } from './summary.ts';

/** A run as its folder has it. */
export interface StoredRun extends ListedRun {
  /** What determined it besides: the program's version, the SHA-256 sums of the data. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** A run as a list has it. */
export interface ListedRun {
  readonly directory: string;
  readonly config: RunConfig;
  /** How it ended; absent if it has not. */
  readonly summary?: Summary;
}

/** Reads the run in a folder; undefined where there is none, or its `config.json` is damaged. */
export function readStoredRun(directory: string): StoredRun | undefined {
  const record = jsonIfSound(join(directory, runFiles.config));
  if (!isRecord(record) || !isRecord(record.recorded)) return undefined;
  const { recorded, ...config } = record;
  const summary = readSummary(directory);
  return {
    directory,
    config: config as unknown as RunConfig,
    recorded: recorded as Record<string, unknown>,
    ...(summary && { summary }),
  };
}

/**
 * All folders of runs, sound or not, at and below a folder, in the order of their paths.
 *
 * @param prune told of every other folder on the way; where it returns true, what is below that one is left out
 * @throws InputError where it is no folder
 */
export function runFolders(root: string, prune: (directory: string) => boolean = () => false): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(root, { withFileTypes: true });
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error))) throw error;
    throw new InputError(`${root}: there is no such folder`);
  }
  if (entries.some(({ name }) => name === runFiles.config)) return [root];
  if (prune(root)) return [];
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return folders.sort().flatMap((name) => runFolders(join(root, name), prune));
}

/**
 * A run as a row of a table: where it is, how it stands (finished, diverged or unfinished), all its settings by dotted paths,
 * and how it ended; of an unfinished one, the samples that it has `reached` at its last evaluation, and the objective there.
 */
export function rowOf({ directory, config, summary }: ListedRun, root: string): Settings {
  const {
    status = 'unfinished',
    files: _files,
    samples: _samples,
    confusion: _confusion,
    ...ended
  } = { ...summary } as Partial<Summary> & Settings;
  const now = summary === undefined ? standOf(directory) : {};
  return { run: relative(root, directory) || '.', status, ...flatten(config), ...now, ...flatten(ended) };
}

function standOf(directory: string): Settings {
  const last = new MetricsLog(join(directory, runFiles.metrics)).read().at(-1);
  return last === undefined ? { reached: 0 } : { reached: last.samples, objective: last.objective };
}
