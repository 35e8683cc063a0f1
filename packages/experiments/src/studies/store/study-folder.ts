import { existsSync, readdirSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { InputError } from '@apical/core';
import { claimFiles } from '../../claims/claims.ts';
import { isRecord } from '../../config/settings.ts';
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts';
import { jsonIfSound, textIfThere } from '../../files/read-file.ts';
import type { Study } from '../study.ts';
import type { HeldStudy, Recorded } from './held-study.ts';
import { studyChanges } from './study-changes.ts';

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

/**
 * Makes the folder of a study, or opens it to go on with the same one, or with the same one that has more trials or seeds.
 *
 * @throws InputError where the folder holds something else, or another study: with what differs
 */
export function openStudyFolder(directory: string, study: Study, source: string, recorded: Recorded): void {
  const path = join(directory, studyFiles.study);
  const before = jsonIfSound(path);
  const now: HeldStudy = JSON.parse(JSON.stringify({ study, recorded }));
  if (isHeld(before)) {
    const sourceBefore = textIfThere(join(directory, studyFiles.source));
    const changes = studyChanges({ ...before, source: sourceBefore }, { ...now, source });
    if (changes.length > 0) {
      throw new InputError(
        [
          `${directory}: the study has changed since it began:`,
          ...changes.map((change) => `  ${change}`),
          'A study takes more trials, and more seeds besides those that it has; undo what else was changed, or choose another folder for what is now another study',
        ].join('\n'),
      );
    }
    if (!isDeepStrictEqual(before, now)) writeStudy(directory, source, now);
    return;
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

/** The study that a folder holds. @throws InputError where it holds none */
export function readStudyFolder(directory: string): HeldStudy {
  const held = jsonIfSound(join(directory, studyFiles.study));
  if (!isHeld(held)) throw new InputError(`${directory}: holds no study: there is no sound ${studyFiles.study} in it`);
  return held;
}

function isHeld(value: unknown): value is Record<string, unknown> & HeldStudy {
  return isRecord(value) && isRecord(value.study) && isRecord(value.recorded);
}

export function isStudyFolder(directory: string): boolean {
  return existsSync(join(directory, studyFiles.study)) && existsSync(join(directory, studyFiles.runs));
}

/** The folder of the study that a run in a folder is of; undefined where it is of none. */
export function studyOfRun(directory: string): string | undefined {
  const study = resolve(directory, '..', '..', '..');
  const isWithin = basename(resolve(directory, '..', '..')) === studyFiles.runs;
  return isWithin && isStudyFolder(study) ? study : undefined;
}

/** Whether the folder was left by a process that was killed while it made it. */
function isBegun(directory: string): boolean {
  const names: readonly string[] = Object.values(studyFiles);
  return readdirSync(directory).every((name) => names.includes(name) || name.startsWith(`.${studyFiles.source}`));
}
