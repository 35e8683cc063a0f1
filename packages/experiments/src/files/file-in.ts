import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '@apical/core';

/**
 * The file that is meant by a path: itself, or where it is a folder, such as that of a run, the file of this name in it.
 *
 * @throws InputError for a folder that has no such file
 */
export function fileIn(path: string, name: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  const file = join(path, name);
  if (existsSync(file)) return file;
  throw new InputError(
    `${path}: is a folder, and there is no ${name} in it; name a file, or the folder of a run that has one`,
  );
}
