import { accessSync, constants, lstatSync, readlinkSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '@apical/core';
import { replaceFile } from './atomic-write.ts';
import { explaining, writeProblem } from './write-problem.ts';

/**
 * Writes the file that a user named. At `path` is all of it or, where anything fails, what was there before. A link leads where it led,
 * and permissions stay. What is no file (a pipe, a device, `/dev/stdout`) is written as it is.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export async function writeOutput(path: string, contents: string | Uint8Array): Promise<void> {
  const isWritten = explaining(path, () => {
    const before = statSync(path, { throwIfNoEntry: false });
    const place = before && !before.isFile() && !before.isDirectory() ? undefined : placeOf(path);
    if (place === undefined) return false;
    if (typeof place === 'number') {
      writeFileSync(place, contents);
      return true;
    }
    if (before) accessSync(place, constants.W_OK);
    replaceFile(place, contents, { mode: before && before.mode & 0o777 });
    return true;
  });
  if (isWritten) return;
  await writeFile(path, contents).catch((error: unknown) => {
    throw writeProblem(error, path);
  });
}

/**
 * Where the file itself is, or is to be, links followed. Of one that is open already, such as `/dev/stdout`, the number by which this
 * process has it open; undefined where another has.
 */
function placeOf(path: string): string | number | undefined {
  const folder = dirname(path);
  if (!statSync(folder, { throwIfNoEntry: false })) {
    throw new InputError(`${path}: cannot be written: there is no folder ${folder}; make it, or choose another`);
  }
  const place = join(realpathSync(folder), basename(path));
  const [, holder, open] = /^\/(dev|proc\/.*)\/fd\/(\d+)$/.exec(place) ?? [];
  if (open !== undefined) return holder === 'dev' || holder === `proc/${process.pid}` ? Number(open) : undefined;
  const isLink = lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink();
  return isLink ? placeOf(resolve(dirname(place), readlinkSync(place))) : place;
}
