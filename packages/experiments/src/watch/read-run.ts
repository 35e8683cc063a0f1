import { join } from 'node:path';
import type { RunConfig } from '../config/run-config.ts';
import { flatten, type Settings } from '../config/settings.ts';
import { mostJsonBytes } from '../files/read-file.ts';
import { readingsOf } from '../runs/group.ts';
import { mostConfigBytes, parseEvaluation, parseRecord, parseSummary } from '../runs/read-record.ts';
import type { RunEvaluation } from '../runs/result.ts';
import { runFiles } from '../runs/run-files.ts';
import type { Summary } from '../runs/summary.ts';
import type { Enclosure } from './enclosure.ts';

/** The last evaluation is looked for in so many bytes. */
const mostLastBytes = 1 << 16;

/** What determined a run, as its folder has it. */
export interface RecordedConfig {
  readonly config: RunConfig;
  /** Whether it started from weights that were given to it, and not from its config's. */
  readonly isStarted: boolean;
}

/** What was read of it. */
export interface ReadConfig {
  readonly recorded?: RecordedConfig;
  /** What is wrong with the file, in words; empty where all is well. */
  readonly problems: readonly string[];
}

/** Reads the config of a run; without one where it is damaged, or not there, and with the reason in words. */
export async function readConfig(enclosure: Enclosure, directory: string): Promise<ReadConfig> {
  const { value, problems } = parseRecord(await enclosure.text(join(directory, runFiles.config), mostConfigBytes));
  return {
    ...(value && { recorded: { config: value.config, isStarted: 'startSha256' in value.recorded } }),
    problems: problems.map((problem) => `${runFiles.config}: ${problem}`),
  };
}

/** Reads how a run ended; undefined where it has not, or its summary is damaged. */
export async function readSummary(enclosure: Enclosure, directory: string): Promise<Summary | undefined> {
  return parseSummary(await enclosure.text(join(directory, runFiles.summary), mostJsonBytes)).value;
}

/** Reads the last evaluation that is whole and sound. */
export async function readLastEvaluation(enclosure: Enclosure, directory: string): Promise<RunEvaluation | undefined> {
  const part = await enclosure.read(join(directory, runFiles.metrics), mostLastBytes, 'last');
  // What follows the last line break was cut short, or is empty.
  const lines = part?.bytes.toString('utf8').split('\n').slice(0, -1) ?? [];
  for (const line of lines.reverse()) {
    const { value } = parseEvaluation(line);
    if (value) return value;
  }
  return undefined;
}

/** The settings of a config by their dotted paths, but for the evaluation points, which are many. */
export function settingsOf(config: RunConfig): Settings {
  const { evaluateAt: _, ...settings } = flatten(config);
  return settings;
}

/** What a run came to. */
export function resultsOfSummary(summary: Summary): Settings {
  if (summary.status === 'diverged') return { learned: summary.divergedAt, divergedAt: summary.divergedAt };
  const { samples, objective, seconds, accuracy } = summary;
  return { learned: samples, objective, ...(accuracy && flatten({ accuracy })), seconds };
}

/** What was measured of a run so far. */
export function resultsOfEvaluation(evaluation: RunEvaluation): Settings {
  const { objective, ...others } = readingsOf(evaluation);
  const accuracies = Object.entries(others).filter(([name]) => name.startsWith('accuracy.'));
  return { learned: evaluation.samples, objective, ...Object.fromEntries(accuracies) };
}
