import { join } from 'node:path';
import { type Matrix, readSafetensors } from '@apical/core';
import { readNpz } from '@apical/data';
import { ruleTitle } from '../../config/rule-of.ts';
import { flatten } from '../../config/settings.ts';
import { bytesIfThere } from '../../files/read-file.ts';
import { readCheckpoints } from '../../runs/checkpoint.ts';
import { evaluationsOf } from '../../runs/export-runs.ts';
import { groupOf, type RecordedRun } from '../../runs/group.ts';
import { inputWeights } from '../../runs/input-weights.ts';
import type { Recorded } from '../../runs/recorder.ts';
import { readRecorded, runFiles } from '../../runs/run-folder.ts';
import type { StoredRun } from '../../runs/stored-run.ts';
import type { ReportedGroup } from '../run-sections.ts';
import { hiddenWords } from '../settings.ts';

/** Runs that were kept, put together where they differ in their seeds alone, and named by the settings in which they differ. */
export function storedGroups(runs: readonly StoredRun[]): ReportedGroup[] {
  const together = Map.groupBy(runs, settingsKey);
  const groups = [...together.values()];
  const settings = groups.map(([run]) => flatten(settingsOf(run as StoredRun)));
  const names = [...new Set(settings.flatMap((each) => Object.keys(each)))];
  const differing = names.filter((name) => new Set(settings.map((each) => JSON.stringify(each[name]))).size > 1);
  return groups.map((members, index) => ({
    label: labelOf(members[0] as StoredRun, settings[index] ?? {}, differing),
    group: groupOf(members.map(recorded)),
    W1: members.map(firstLayer).find((W1) => W1 !== undefined),
    recorded: members.map(recordedOf).find((recorded) => recorded !== undefined),
    unfinished: members
      .filter(({ summary }) => summary === undefined)
      .map((run) => ({ seed: run.config.seed, samples: evaluationsOf(run).at(-1)?.samples ?? 0 })),
  }));
}

function settingsOf({ config }: StoredRun): object {
  const { seed: _seed, ...settings } = config;
  return settings;
}

function settingsKey(run: StoredRun): string {
  return JSON.stringify(Object.entries(flatten(settingsOf(run))).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Settings that say nothing of how a network learns, or that follow from others. */
const untold = /^(rule|hidden|rates\.Q\..*|initial\..*|evaluateAt|probes|ruleModule\.sha256|accuracy\..*|ridge)$/;

/** "BMVR, k = 4", and what else of it is not as with the others. */
function labelOf(
  { config }: StoredRun,
  settings: Readonly<Record<string, unknown>>,
  differing: readonly string[],
): string {
  const others = differing.filter((name) => !untold.test(name)).flatMap((name) => words(name, settings[name]));
  return [`${ruleTitle(config.rule)}, k = ${hiddenWords(config.hidden)}`, ...others].join(', ');
}

/** A setting in words: "decoupled", "samples = 20000"; nothing for one that is not there. */
function words(name: string, value: unknown): string[] {
  if (value === undefined || value === false) return [];
  return [value === true ? name : `${name} = ${String(value)}`];
}

function recorded(run: StoredRun): RecordedRun {
  const { config, summary } = run;
  const evaluations = evaluationsOf(run);
  if (summary === undefined) return { config, evaluations };
  if (summary.status === 'diverged') return { config, evaluations, divergedAt: summary.divergedAt };
  const { confusion, weightsSha256 } = summary;
  return { config, evaluations, weightsSha256, ...(confusion && { confusion }) };
}

/** The weights from the inputs, where they were kept. */
function firstLayer({ directory }: StoredRun): Matrix | undefined {
  const path = join(directory, runFiles.weights);
  const bytes = bytesIfThere(path);
  if (bytes === undefined) return undefined;
  return inputWeights(readSafetensors(bytes, path).tensors);
}

/** What a run recorded, if it did: all of it where it has finished, else what its last checkpoint has. */
function recordedOf({ directory, config, summary }: StoredRun): ReportedGroup['recorded'] {
  const arrays = summary?.status === 'finished' ? readRecorded(directory) : recordedSoFar(directory);
  return arrays && { config, arrays };
}

function recordedSoFar(directory: string): Recorded | undefined {
  const bytes = readCheckpoints(directory).sound[0]?.recorded;
  return bytes && { ...readNpz(bytes, directory) };
}
