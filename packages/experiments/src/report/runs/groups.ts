import { join } from 'node:path';
import { type Matrix, readSafetensors } from '@apical/core';
import { readNpz } from '@apical/data';
import { flatten } from '../../config/settings.ts';
import { bytesIfThere } from '../../files/read-file.ts';
import { type Checkpoint, readCheckpoints } from '../../runs/checkpoint.ts';
import { evaluationsOf } from '../../runs/export-runs.ts';
import { commonPoints, groupOf, type RecordedRun } from '../../runs/group.ts';
import { inputWeights } from '../../runs/input-weights.ts';
import { runFiles } from '../../runs/run-files.ts';
import { readRecorded } from '../../runs/run-folder.ts';
import type { StoredRun } from '../../runs/stored-run.ts';
import type { ReportedGroup } from '../run-sections.ts';
import { labelsOf } from './labels.ts';

/**
 * Runs that were kept, put together where they differ in their seeds alone, and named as shortly as tells them apart. When they were
 * evaluated sets them apart only where they have no such sample in common.
 */
export function storedGroups(runs: readonly StoredRun[]): ReportedGroup[] {
  const groups = [...Map.groupBy(runs, settingsKey).values()].flatMap(averageable);
  const labels = labelsOf(groups.map(({ members: [run] }) => run!.config));
  return groups.map(({ members, notes }, index) => ({ label: labels[index]!, notes, ...groupFrom(members) }));
}

function settingsKey({ config: { seed: _, evaluateAt: __, ...settings } }: StoredRun): string {
  return JSON.stringify(Object.entries(flatten(settings)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function scheduleKey({ config }: { readonly config: StoredRun['config'] }): string {
  return JSON.stringify(config.evaluateAt);
}

/** Of runs of equal settings those that can be averaged, each seed once. */
function averageable(runs: readonly StoredRun[]): { members: StoredRun[]; notes: string[] }[] {
  const seeds = Map.groupBy(runs, ({ config }) => config.seed);
  const members = [...seeds.values()].map((same) => same.find(({ summary }) => summary !== undefined) ?? same[0]!);
  const repeated = [...seeds].filter(([, same]) => same.length > 1);
  const notes = repeated.map(
    ([seed, same]) => `of seed ${seed} there are ${same.length} runs with the same settings; one of them is counted`,
  );
  const schedules = [...Map.groupBy(members, scheduleKey).values()];
  const common = commonPoints(members.map(({ config }) => config.evaluateAt));
  if (schedules.length === 1 || common.length > 0) return [{ members, notes }];
  const why = 'not averaged with others of the same settings: they were never evaluated after the same samples';
  return schedules.map((alike) => ({ members: alike, notes: [...notes, why] }));
}

/** What a page shows of runs of equal settings. */
function groupFrom(runs: readonly StoredRun[]): Omit<ReportedGroup, 'label'> {
  const members = runs.map((run) => {
    const checkpoint = run.summary === undefined ? readCheckpoints(run.directory).sound[0] : undefined;
    return { run, checkpoint, outcome: outcomeOf(run, checkpoint) };
  });
  const outcomes = members.map(({ outcome }) => outcome);
  const parts = [...Map.groupBy(outcomes, scheduleKey).values()];
  return {
    group: groupOf(outcomes),
    // Runs that were evaluated alike, where not all of them were.
    ...(parts.length > 1 && { parts: parts.map((alike) => groupOf(alike)) }),
    W1: runs.map(firstLayer).find((W1) => W1 !== undefined),
    recorded: members
      .map(({ run, checkpoint }) => recordedOf(run, checkpoint))
      .find((recorded) => recorded !== undefined),
    unfinished: members
      .filter(({ run }) => run.summary === undefined)
      .map(({ outcome: { config, evaluations }, checkpoint }) => {
        const evaluated = evaluations.at(-1)?.samples ?? 0;
        return { seed: config.seed, evaluated, learned: Math.max(evaluated, checkpoint?.samples ?? 0) };
      }),
  };
}

function outcomeOf(run: StoredRun, checkpoint: Checkpoint | undefined): RecordedRun {
  const { config, summary } = run;
  const evaluations = evaluationsOf(run);
  if (summary === undefined) return { config, evaluations, warnings: checkpoint?.warnings };
  if (summary.status === 'diverged') {
    return { config, evaluations, divergedAt: summary.divergedAt, warnings: summary.warnings };
  }
  const { confusion, weightsSha256, warnings } = summary;
  return { config, evaluations, weightsSha256, warnings, ...(confusion && { confusion }) };
}

/** The weights from the inputs, where they were kept. */
function firstLayer({ directory }: StoredRun): Matrix | undefined {
  const path = join(directory, runFiles.weights);
  const bytes = bytesIfThere(path);
  if (bytes === undefined) return undefined;
  return inputWeights(readSafetensors(bytes, path).tensors);
}

/** What a run recorded, if it did: all of it where it has finished, else what its last checkpoint has. */
function recordedOf({ directory, config, summary }: StoredRun, checkpoint?: Checkpoint): ReportedGroup['recorded'] {
  const soFar = checkpoint?.recorded;
  const arrays = summary?.status === 'finished' ? readRecorded(directory) : soFar && { ...readNpz(soFar, directory) };
  return arrays && { config, arrays };
}
