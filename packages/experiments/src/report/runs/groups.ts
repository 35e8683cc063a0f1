import { join } from 'node:path';
import { type Matrix, readSafetensors } from '@apical/core';
import { readNpz } from '@apical/data';
import { ruleTitle } from '../../config/rule-of.ts';
import { flatten, type Settings } from '../../config/settings.ts';
import { bytesIfThere } from '../../files/read-file.ts';
import { readCheckpoints } from '../../runs/checkpoint.ts';
import { evaluationsOf } from '../../runs/export-runs.ts';
import { commonPoints, groupOf, type RecordedRun } from '../../runs/group.ts';
import { inputWeights } from '../../runs/input-weights.ts';
import type { Recorded } from '../../runs/recorder.ts';
import { runFiles } from '../../runs/run-files.ts';
import { readRecorded } from '../../runs/run-folder.ts';
import type { StoredRun } from '../../runs/stored-run.ts';
import { count } from '../numbers.ts';
import type { ReportedGroup } from '../run-sections.ts';
import { hiddenWords } from '../settings.ts';

/**
 * Runs that were kept, put together where they differ in their seeds alone, and named as shortly as tells them apart. When they were
 * evaluated sets them apart only where they have no such sample in common.
 */
export function storedGroups(runs: readonly StoredRun[]): ReportedGroup[] {
  const groups = [...Map.groupBy(runs, settingsKey).values()].flatMap(averageable);
  const labels = labelsOf(groups.map(({ members: [run] }) => run as StoredRun));
  return groups.map(({ members, notes }, index) => ({
    label: labels[index]!,
    group: groupOf(members.map(recorded)),
    notes,
    ...partsOf(members),
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
  const { evaluateAt: _, ...settings } = flatten(settingsOf(run));
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function scheduleKey({ config }: StoredRun): string {
  return JSON.stringify(config.evaluateAt);
}

/** Of runs of equal settings those that can be averaged, each seed once. */
function averageable(runs: readonly StoredRun[]): { members: StoredRun[]; notes: string[] }[] {
  const seeds = Map.groupBy(runs, ({ config }) => config.seed);
  const members = [...seeds.values()].map((same) => same.find(({ summary }) => summary !== undefined) ?? same[0]!);
  const repeated = [...seeds].filter(([, same]) => same.length > 1);
  const notes = repeated.map(
    ([seed, same]) => `seed ${seed} is there ${same.length} times with the same settings, and counted once`,
  );
  if (commonPoints(members.map(({ config }) => config.evaluateAt)).length > 0) return [{ members, notes }];
  const why = 'not averaged with others of the same settings: they were never evaluated after the same samples';
  return [...Map.groupBy(members, scheduleKey).values()].map((alike) => ({ members: alike, notes: [...notes, why] }));
}

/** Runs that were evaluated alike, where not all of them were: each such part has a curve of its own. */
function partsOf(members: readonly StoredRun[]): Pick<ReportedGroup, 'parts'> {
  const parts = [...Map.groupBy(members, scheduleKey).values()];
  return parts.length > 1 ? { parts: parts.map((alike) => groupOf(alike.map(recorded))) } : {};
}

/** Settings that say little of how a network learns, or follow from others: they are named where no others tell runs apart. */
const secondary = /^(rates\.Q\..*|initial\..*|evaluateAt|probes|ruleModule\.sha256|accuracy\..*|ridge)$/;

/** "BMVR, k = 4", and of what differs between those that would be called the same as much as tells them apart. */
function labelsOf(runs: readonly StoredRun[]): string[] {
  const titles = runs.map(({ config }) => `${ruleTitle(config.rule)}, k = ${hiddenWords(config.hidden)}`);
  const settings = runs.map((run) => flatten(settingsOf(run)));
  return titles.map((title, index) => {
    const alike = settings.filter((_, i) => titles[i] === title);
    const own = settings[index]!;
    return [title, ...tellingNames(alike).flatMap((name) => words(name, own[name]))].join(', ');
  });
}

/** Settings that tell all of some configs apart: one after the other the one that leaves the most kinds, secondary ones last. */
function tellingNames(all: readonly Settings[]): string[] {
  const kinds = (names: readonly string[]) =>
    new Set(all.map((each) => JSON.stringify(names.map((name) => each[name] ?? null)))).size;
  const names = [...new Set(all.flatMap((each) => Object.keys(each)))].filter((name) => kinds([name]) > 1);
  const chosen: string[] = [];
  for (const some of [names.filter((name) => !secondary.test(name)), names.filter((name) => secondary.test(name))]) {
    for (;;) {
      const gains = some.map((name) => kinds([...chosen, name]) - kinds(chosen));
      const most = Math.max(0, ...gains);
      if (most === 0) break;
      chosen.push(some[gains.indexOf(most)]!);
    }
  }
  return names.filter((name) => chosen.includes(name));
}

/** A setting in words: "decoupled", "samples = 20000"; nothing for one that is not there. */
function words(name: string, value: unknown): string[] {
  // Only those that have no sample in common are told apart by it.
  if (name === 'evaluateAt') return [`first evaluated after ${count((value as number[])[0] ?? 0)}`];
  if (value === undefined || value === false) return [];
  return [value === true ? name : `${name} = ${String(value)}`];
}

function recorded(run: StoredRun): RecordedRun {
  const { config, summary } = run;
  const evaluations = evaluationsOf(run);
  if (summary === undefined) return { config, evaluations };
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
function recordedOf({ directory, config, summary }: StoredRun): ReportedGroup['recorded'] {
  const arrays = summary?.status === 'finished' ? readRecorded(directory) : recordedSoFar(directory);
  return arrays && { config, arrays };
}

function recordedSoFar(directory: string): Recorded | undefined {
  const bytes = readCheckpoints(directory).sound[0]?.recorded;
  return bytes && { ...readNpz(bytes, directory) };
}
