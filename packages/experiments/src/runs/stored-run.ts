import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FailureError, InputError } from '@apical/core';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { flatten, type Settings } from '../config/settings.ts';
import { readText } from '../files/read-file.ts';
import { errorCode } from '../files/write-problem.ts';
import { MetricsLog, type MetricsReading } from './metrics-log.ts';
import { mostConfigBytes, parseRecord } from './read-record.ts';
import { hasObjective } from './readings-in-time.ts';
import { runFiles } from './run-files.ts';
import type { Summary } from './summary.ts';
import { readSummaryFile } from './summary-file.ts';

/** A run as its folder has it. */
export interface StoredRun extends ListedRun {
  /** What determined it besides: the program's version, the SHA-256 sums of the data. */
  readonly recorded: Readonly<Record<string, unknown>>;
}

/** A run as a list has it. */
export interface ListedRun {
  readonly directory: string;
  readonly config: RunConfig;
  /** How it ended; absent if it has not, and where that cannot be read. */
  readonly summary?: Summary;
  /** Whether how it ended cannot be read. */
  readonly isDamaged?: boolean;
}

/** What was found in the folder of a run. */
export interface FoundRun {
  /** Undefined where there is none, or its `config.json` is damaged. */
  readonly run?: StoredRun;
  /** What is wrong with its files, in words that begin with the file's path; empty where all is well. */
  readonly problems: readonly string[];
}

/** Reads `config.json` of the run in a folder, and how it ended; undefined where there is none, or it is damaged. */
export function readStoredRun(directory: string): StoredRun | undefined {
  return findStoredRun(directory).run;
}

/** Reads `config.json` of the run in a folder, and how it ended. The others of its files are looked at by `verifyRun`. */
export function findStoredRun(directory: string): FoundRun {
  const path = join(directory, runFiles.config);
  const { value: record, problems } = parseRecord(readText(path, mostConfigBytes));
  if (record === undefined) return { problems: problems.map((problem) => `${path}: ${problem}`) };
  const summary = readSummaryFile(directory);
  return {
    run: {
      ...{ directory, ...record },
      ...(summary?.value && { summary: summary.value }),
      ...(summary && summary.value === undefined && { isDamaged: true }),
    },
    problems: (summary?.problems ?? []).map((problem) => `${join(directory, runFiles.summary)}: ${problem}`),
  };
}

/** The evaluations of a run, as its folder has them, up to the first that is damaged. */
export function readMetrics({ directory, config }: ListedRun): MetricsReading {
  return new MetricsLog(join(directory, runFiles.metrics)).inspect(config.evaluateAt);
}

/**
 * All folders of runs, sound or not, at and below a folder, in the order of their paths. No link is followed, and no folder entered
 * twice.
 *
 * @param prune told of every other folder on the way; where it returns true, what is below that one is left out
 * @param onUnread told, in words, of folders that cannot be read: they are left out
 * @throws InputError where it is no folder
 */
export function runFolders(
  root: string,
  prune: (directory: string) => boolean = () => false,
  onUnread: (problem: string) => void = () => {},
): string[] {
  const met = new Set<string>();
  const found: string[] = [];
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const here = folder;
    const entries = listed(here, met, (code) => {
      if (here !== root) return onUnread(`${shortened(here)}: cannot be read (${code}), and is left out`);
      if (!['ENOENT', 'ENOTDIR'].includes(code)) throw new FailureError(`${root}: cannot be read (${code})`);
      throw new InputError(`${root}: there is no such folder`);
    });
    if (entries.some(({ name }) => name === runFiles.config)) found.push(here);
    else if (entries.length > 0 && !prune(here)) {
      const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(here, name));
      waiting.push(...folders.sort().reverse());
    }
  }
  return found;
}

/** What a folder holds; nothing where it was met before, or cannot be read. */
function listed(folder: string, met: Set<string>, onUnread: (code: string) => void): Dirent[] {
  try {
    const { dev, ino } = statSync(folder, { bigint: true });
    const identity = `${dev} ${ino}`;
    if (ino !== 0n && met.has(identity)) return [];
    met.add(identity);
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === '') throw error;
    onUnread(errorCode(error));
    return [];
  }
}

/** A path of which one line can tell. */
function shortened(path: string): string {
  return path.length > 200 ? `${path.slice(0, 120)}…${path.slice(-60)}` : path;
}

/**
 * A run as a row of a table: where it is, how it stands (finished, diverged, unfinished or damaged), all its settings by dotted paths,
 * and how it ended; of an unfinished one, the samples that it has `reached` at its last evaluation, and the objective there, where it has one; what
 * probes read last, as `probes.NAME`.
 */
export function rowOf(run: ListedRun, root: string): Settings {
  const { directory, config, summary } = run;
  const {
    status = run.isDamaged ? 'damaged' : 'unfinished',
    files: _files,
    samples: _samples,
    confusion: _confusion,
    warnings: _warnings,
    ...ended
  } = { ...summary } as Partial<Summary> & Settings;
  const isGoing = summary === undefined;
  const last = isGoing || config.probes.length > 0 ? readMetrics(run).evaluations.at(-1) : undefined;
  const stand = last === undefined ? { reached: 0 } : { reached: last.samples, objective: last.objective };
  const { objective, ...row }: Settings = {
    run: relative(root, directory) || '.',
    status,
    ...flatten(config),
    ...(isGoing && stand),
    ...flatten(ended),
    ...flatten({ probes: last?.probes ?? {} }),
  };
  return { ...row, ...(objective !== undefined && hasObjective(ruleOf(config), config) && { objective }) };
}
