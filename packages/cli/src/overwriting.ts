import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '@apical/core';
import { withoutMember } from '@apical/data';
import type { RunConfig } from '@apical/experiments';

/**
 * Refuses to write where something is that is read, or is data of a run, by the same path or another one of the same file, or by what it
 * holds, wherever it was moved; or in the place of what a run or a study is kept in.
 *
 * @param runs that are spoken of
 * @throws InputError
 */
export async function refuseOverwriting(
  out: string,
  inputs: readonly (string | undefined)[],
  runs: readonly Pick<Partial<RunConfig>, 'data'>[] = [],
): Promise<void> {
  await refuseKept(out);
  const target = identityOf(out);
  if (target === undefined) return;
  const isTarget = (each: string | undefined) => each !== undefined && identityOf(withoutMember(each)) === target;
  const input = inputs.find(isTarget);
  if (input !== undefined) throw new InputError(`--out ${out}: that is ${input}, which is read; choose another name`);
  const { filesLearned, holdsData } = await import('@apical/experiments');
  const data = runs.flatMap(filesLearned).find(isTarget);
  if (data !== undefined) {
    throw new InputError(`--out ${out}: that is ${data}, which is data of a run; choose another name`);
  }
  if (!(await holdsData(out, runs))) return;
  throw new InputError(`--out ${out}: holds the data of a run, moved there; choose another name`);
}

/** @throws InputError where a file stands by which a folder holds a run or a study */
async function refuseKept(out: string): Promise<void> {
  if (!existsSync(out)) return;
  const { runFiles, studyFiles } = await import('@apical/experiments');
  const path = realpathSync(out);
  const isIn = (files: Readonly<Record<string, string>>, mark: string) =>
    Object.values(files).includes(basename(path)) && existsSync(join(dirname(path), mark));
  const kept = isIn(runFiles, runFiles.config) ? 'run' : isIn(studyFiles, studyFiles.study) ? 'study' : undefined;
  if (kept) throw new InputError(`--out ${out}: that is a file of the ${kept} in ${dirname(out)}; choose another name`);
}

/** What two paths of one file have in common; undefined where there is none. */
function identityOf(path: string): string | undefined {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    // Where files have no numbers, their paths have to do.
    return ino === 0n ? realpathSync(path) : `${dev}:${ino}`;
  } catch {
    return undefined;
  }
}
