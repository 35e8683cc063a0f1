import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { InputError } from 'apical';
import type { RunConfig } from '../config/run-config.ts';
import { flatten, isRecord, type Settings } from '../config/settings.ts';
import { jsonIfSound } from '../files/read-file.ts';
import { errorCode } from '../files/write-problem.ts';
import { readSummary, runFiles } from './run-folder.ts';
import type { Summary } from './summary.ts';

/** A run as its folder has it. */
export interface StoredRun {
  readonly directory: string;
  readonly config: RunConfig;
  /** What determined it besides: the program's version, the SHA-256 sums of the data. */
  readonly recorded: Readonly<Record<string, unknown>>;
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

/** All runs in a folder and those below it, in the order of their paths. @throws InputError where it is no folder */
export function findRuns(root: string): StoredRun[] {
  return runFolders(root).flatMap((directory) => readStoredRun(directory) ?? []);
}

/** All folders of runs, sound or not, at and below a folder. @throws InputError where it is no folder */
export function runFolders(root: string): string[] {
  let entries: ReturnType<typeof readFolder>;
  try {
    entries = readFolder(root);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error))) throw error;
    throw new InputError(`${root}: there is no such folder`);
  }
  if (entries.some(({ name }) => name === runFiles.config)) return [root];
  return entries.flatMap((entry) => (entry.isDirectory() ? runFolders(join(root, entry.name)) : []));
}

function readFolder(path: string) {
  return readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * A run as a row of a table: where it is, how it stands (finished, diverged or unfinished), all its settings by dotted paths,
 * and how it ended.
 */
export function rowOf({ directory, config, summary }: StoredRun, root: string): Settings {
  const {
    status = 'unfinished',
    files: _files,
    samples: _samples,
    confusion: _confusion,
    ...ended
  } = { ...summary } as Partial<Summary> & Settings;
  return { run: relative(root, directory) || '.', status, ...flatten(config), ...flatten(ended) };
}
