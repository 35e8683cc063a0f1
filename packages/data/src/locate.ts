import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { shippedDirectory } from './directory.ts';
import { fileProblem } from './file-problem.ts';
import type { DataFile, DataSet } from './registry/data-set.ts';

/** Where a file of a data set lies. */
export interface DataLocation {
  readonly path: string;
  /** Its length on disk. */
  readonly bytes: number;
  readonly compressed: boolean;
  /** Whether it lies in the data folder or ships with this package. */
  readonly place: 'folder' | 'package';
}

/** Finds a file of a data set, plain or gzipped: in the data folder, else in what ships with this package. */
export async function locate(set: DataSet, file: DataFile, directory: string): Promise<DataLocation | undefined> {
  for (const place of ['folder', 'package'] as const) {
    for (const compressed of [false, true]) {
      const name = compressed ? `${file.name}.gz` : file.name;
      const path = join(place === 'folder' ? directory : shippedDirectory, set.name, name);
      const bytes = await fileLength(path);
      if (bytes !== undefined) return { path, bytes, compressed, place };
    }
  }
  return undefined;
}

/** The length of a file, undefined if there is none. @throws InputError if it cannot be known */
export async function fileLength(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileProblem(error, path, 'read');
  }
}
