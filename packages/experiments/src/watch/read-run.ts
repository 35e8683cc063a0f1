import { join } from 'node:path';
import type { RunConfig } from '../config/run-config.ts';
import { flatten, isRecord, type Settings } from '../config/settings.ts';
import { configProblems } from '../runs/config-problems.ts';
import { readingsOf } from '../runs/group.ts';
import { parseEvaluation } from '../runs/metrics-log.ts';
import type { RunEvaluation } from '../runs/result.ts';
import { runFiles } from '../runs/run-folder.ts';
import type { Summary } from '../runs/summary.ts';
import type { Enclosure } from './enclosure.ts';

/** Files of more bytes are none of ours. */
const mostBytes = { config: 1 << 20, summary: 1 << 24, lastLine: 1 << 16 };

/** What determined a run, as its folder has it. */
export interface RecordedConfig {
  readonly config: RunConfig;
  /** Whether it started from weights that were given to it, and not from its config's. */
  readonly isStarted: boolean;
}

/** Reads the config of a run; undefined where it is damaged, or not there. */
export async function readConfig(enclosure: Enclosure, directory: string): Promise<RecordedConfig | undefined> {
  const record = await enclosure.json(join(directory, runFiles.config), mostBytes.config);
  if (!isRecord(record?.recorded)) return undefined;
  const { recorded, ...config } = record;
  return { config: config as unknown as RunConfig, isStarted: isRecord(recorded) && 'startSha256' in recorded };
}

/** Why the config of a run cannot be read, in words. */
export async function problemsOfConfig(enclosure: Enclosure, directory: string): Promise<string[]> {
  return configProblems(await enclosure.json(join(directory, runFiles.config), mostBytes.config), runFiles.config);
}

/** Reads how a run ended; undefined where it has not, or its summary is damaged. */
export async function readSummary(enclosure: Enclosure, directory: string): Promise<Summary | undefined> {
  const summary = await enclosure.json(join(directory, runFiles.summary), mostBytes.summary);
  const isSound = summary?.status === 'finished' || summary?.status === 'diverged';
  return isSound ? (summary as unknown as Summary) : undefined;
}

/** Reads the last evaluation that is whole and sound. */
export async function readLastEvaluation(enclosure: Enclosure, directory: string): Promise<RunEvaluation | undefined> {
  const part = await enclosure.read(join(directory, runFiles.metrics), mostBytes.lastLine, 'last');
  // What follows the last line break was cut short, or is empty.
  const lines = part?.bytes.toString('utf8').split('\n').slice(0, -1) ?? [];
  for (const line of lines.reverse()) {
    const evaluation = parseEvaluation(line);
    if (evaluation) return evaluation;
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
