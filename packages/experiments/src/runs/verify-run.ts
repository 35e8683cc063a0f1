import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, readSafetensors } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import { readBytes, readText } from '../files/read-file.ts';
import { sha256, sha256OfFile } from '../files/sha256.ts';
import { readCheckpoints } from './checkpoint.ts';
import { accuracyOf } from './confusion.ts';
import { MetricsLog, type MetricsReading } from './metrics-log.ts';
import { mostConfigBytes, parseRecord, type RunRecord } from './read-record.ts';
import { runFiles } from './run-files.ts';
import { sortedByName } from './run-record.ts';
import type { FinishedSummary, Summary } from './summary.ts';
import { readSummaryFile } from './summary-file.ts';

/** What looking at the files of a run found. */
export interface Inspection {
  /** What is wrong, in words that begin with the file's path; empty where all is well. */
  readonly problems: readonly string[];
  /** The files that have no checksum, for an earlier version wrote them: they may have changed. */
  readonly unchecked: readonly string[];
}

/** That a file has no checksum, in words. */
export function withoutChecksum(path: string): string {
  return `${path}: has no checksum, for an earlier version wrote it: whether it has changed since is not known`;
}

/** What is wrong with the folder of a run, in words; empty where all is well. Nothing is changed. */
export function verifyRun(directory: string): readonly string[] {
  return inspectRun(directory).problems;
}

/** Looks at all files of a run: whether they can be read, and are what was written. Nothing is changed. */
export function inspectRun(directory: string): Inspection {
  const at = (name: string) => join(directory, name);
  const record = parseRecord(readText(at(runFiles.config), mostConfigBytes));
  const summary = readSummaryFile(directory);
  const metrics = new MetricsLog(at(runFiles.metrics)).inspect(record.value?.config.evaluateAt, record.isSealed);
  const sums = summary?.value?.files ?? {};
  const ended = summary?.value;
  const problems = [
    ...record.problems.map((problem) => `${at(runFiles.config)}: ${problem}`),
    ...(summary?.problems ?? []).map((problem) => `${at(runFiles.summary)}: ${problem}`),
    ...Object.entries(sums).flatMap(([name, sum]) =>
      name === runFiles.config && record.problems.length > 0 ? [] : fileProblem(at(name), sum),
    ),
    ...(runFiles.metrics in sums || metrics.problem === undefined ? [] : [metrics.problem]),
    ...(ended || !record.value ? [] : startProblems(at(runFiles.start), record.value)),
    ...(ended ? [] : readCheckpoints(directory).damaged.map((name) => `${at(name)}: is damaged`)),
  ];
  const bare = [
    ...(record.isSealed || runFiles.config in sums ? [] : [at(runFiles.config)]),
    ...(metrics.isSealed || runFiles.metrics in sums ? [] : [at(runFiles.metrics)]),
    ...(summary === undefined || summary.isSealed ? [] : [at(runFiles.summary)]),
  ];
  // A config that has a checksum was written by a version that gives all files one.
  const stripped = record.isSealed && ended && !summary?.isSealed ? [at(runFiles.summary)] : [];
  const contradictions =
    problems.length === 0 && ended && record.value ? contradictionsOf(ended, record.value.config, metrics) : [];
  return {
    problems: [
      ...problems,
      ...stripped.map((path) => `${path}: is not what the run wrote: it has no checksum`),
      ...contradictions.map((words) => `${at(runFiles.summary)}: is not what the run wrote: ${words}`),
    ],
    unchecked: record.isSealed ? [] : bare,
  };
}

function fileProblem(path: string, sum: string): string[] {
  const { value, problem } = sha256OfFile(path);
  if (problem !== undefined) return [`${path}: ${problem}`];
  if (value === undefined) return [`${path}: is missing`];
  return value === sum ? [] : [`${path}: is not what the run wrote`];
}

/** What is wrong with the weights that a run started from. */
function startProblems(path: string, { recorded }: RunRecord): string[] {
  if (recorded.startSha256 === undefined) return existsSync(path) ? [`${path}: is not of this run`] : [];
  const { value: bytes, problem = 'is missing' } = readBytes(path);
  if (bytes === undefined) return [`${path}: ${problem}`];
  try {
    const weights = Object.values(sortedByName(readSafetensors(bytes, path).tensors));
    const sum = sha256(...weights.map(({ data }) => Buffer.from(Float32Array.from(data).buffer)));
    return sum === recorded.startSha256 ? [] : [`${path}: is not what the run wrote`];
  } catch (error) {
    if (error instanceof InputError) return [error.message];
    throw error;
  }
}

/** What a summary says that the other files do not, in words. */
function contradictionsOf(summary: Summary, config: RunConfig, { evaluations }: MetricsReading): string[] {
  if (summary.status === 'diverged') {
    return summary.divergedAt > config.samples
      ? [`divergedAt is ${summary.divergedAt}, of ${config.samples} samples`]
      : [];
  }
  const last = evaluations.at(-1);
  const measured = last?.samples === config.samples ? last : undefined;
  return [
    ...differing('samples', summary.samples, config.samples),
    ...(measured ? differing('objective', summary.objective, measured.objective) : []),
    ...Object.entries(config.accuracy).flatMap(([name]) => accuracyContradictions(name, summary)),
  ];
}

function accuracyContradictions(name: string, { accuracy, confusion }: FinishedSummary): string[] {
  const counts = confusion?.[name];
  return counts === undefined ? [] : differing(`accuracy.${name}`, accuracy?.[name], accuracyOf(counts));
}

function differing(name: string, said: unknown, found: unknown): string[] {
  return Object.is(said, found) ? [] : [`${name} is ${said}, and ${found} by the other files`];
}
