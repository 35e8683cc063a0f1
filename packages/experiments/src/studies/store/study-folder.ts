import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@apical/core';
import { claimFiles } from '../../claims/claims.ts';
import { type Difference, describeDifference, differences, isRecord } from '../../config/settings.ts';
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts';
import { jsonIfSound, textIfThere } from '../../files/read-file.ts';
import type { RuleSums } from '../load-study-rules.ts';
import type { Study } from '../study.ts';

/** The names of what is in the folder of a study. */
export const studyFiles = {
  /** The file of the study, as it was given. */
  source: 'study.yaml',
  /** What it says, with what it leaves out, and what determines the runs besides. */
  study: 'study.json',
  /** A folder a finished run, below one for the first two letters of its name. */
  runs: 'runs',
  ...claimFiles,
  /** What the finished runs gave, a line each, a file a process: can be deleted, and is made anew. */
  index: 'index',
} as const;

/** What determines the runs of a study besides its file. */
export interface Recorded {
  readonly version: string;
  /** By data set, the SHA-256 sums of its files. */
  readonly dataSha256: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of the modules that have its rules, where there are some, by path. */
  readonly ruleSha256?: RuleSums;
}

/**
 * Makes the folder of a study, or opens it to go on with the same one, or with the same one that has more trials or seeds.
 *
 * @throws InputError where the folder holds something else, or another study: with what differs
 */
export function openStudyFolder(directory: string, study: Study, source: string, recorded: Recorded): void {
  const path = join(directory, studyFiles.study);
  const before = jsonIfSound(path);
  const now = JSON.parse(JSON.stringify({ study, recorded }));
  if (isRecord(before)) {
    const found = differences(listed(before), listed(now));
    if (found.length === 0) return;
    if (found.every(isMore)) {
      writeStudy(directory, source, now);
      return;
    }
    const changes = found.map(describeDifference);
    throw new InputError(
      [`${directory}: the study was another one when it began; undo the changes, or choose another folder:`, ...changes]
        .map((line, i) => (i === 0 ? line : `  ${line}`))
        .join('\n'),
    );
  }
  makeFolder(directory);
  if (textIfThere(path) === undefined && readdirSync(directory).length > 0 && !isBegun(directory)) {
    throw new InputError(`${directory}: is not empty, and what it holds is no study; choose an empty or new folder`);
  }
  for (const name of [studyFiles.runs, studyFiles.work, studyFiles.alive, studyFiles.index]) {
    makeFolder(join(directory, name));
  }
  writeStudy(directory, source, now);
}

function writeStudy(directory: string, source: string, study: object): void {
  writeAtomically(join(directory, studyFiles.source), source);
  // Last: where it is, the rest is there.
  writeAtomically(join(directory, studyFiles.study), `${JSON.stringify(study, null, 2)}\n`);
}

/** Whether a study only asks for more: trials beyond those that there were, or seeds besides. */
function isMore({ path, before, after }: Difference): boolean {
  if (path === 'search.trials') return Number(after) > Number(before);
  if (path !== 'seeds' || !Array.isArray(before) || !Array.isArray(after)) return false;
  return before.every((seed) => after.includes(seed));
}

/** The study that a folder holds. @throws InputError where it holds none */
export function readStudyFolder(directory: string): { study: Study; recorded: Recorded } {
  const held = jsonIfSound(join(directory, studyFiles.study));
  if (!isRecord(held))
    throw new InputError(`${directory}: holds no study: there is no sound ${studyFiles.study} in it`);
  return held as unknown as { study: Study; recorded: Recorded };
}

export function isStudyFolder(directory: string): boolean {
  return existsSync(join(directory, studyFiles.study)) && existsSync(join(directory, studyFiles.runs));
}

/** Whether the folder was left by a process that was killed while it made it. */
function isBegun(directory: string): boolean {
  const names: readonly string[] = Object.values(studyFiles);
  return readdirSync(directory).every((name) => names.includes(name) || name.startsWith(`.${studyFiles.source}`));
}

/** Lists of objects by name instead of as one setting, so that a difference says what it is in. */
function listed({ study, recorded }: Record<string, unknown>): object {
  const { axes, ...rest } = study as unknown as Study;
  const named = Object.fromEntries(axes.map(({ name, ...axis }) => [name, axis]));
  return { ...rest, axes: named, order: axes.map(({ name }) => name), recorded };
}
