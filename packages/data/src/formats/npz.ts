import { bytesGiven, InputError, type Matrix } from '@apical/core';
import { zipSync } from 'fflate';
import { readNpy, type WritableArray, writeNpy } from './npy.ts';
import type { NumericArray } from './numeric-array.ts';
import { unzipEntry } from './zip.ts';
import { readZipDirectory, type ZipEntry } from './zip-directory.ts';

const extension = '.npy';
/** The first day that a ZIP archive can name: the same arrays give the same bytes whenever they are written. */
const written = new Date(1980, 0, 1);

/**
 * Writes arrays by name in NumPy's archive format, which `numpy.load` reads: an uncompressed ZIP archive with an NPY file for
 * each. What `Network.weights` returns can be given as it is.
 *
 * @throws InputError for a shape that does not fit the data, and for data that are no typed array
 */
export function writeNpz(arrays: Readonly<Record<string, WritableArray | Matrix>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}${extension}`, writeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { level: 0, mtime: written });
}

/**
 * The arrays of an archive that `numpy.savez` or `numpy.savez_compressed` wrote, by name. As in NumPy, each is read when it is asked
 * for, and then kept: one that cannot be read is no matter to who does not ask for it. The checksums are compared. Other files are not listed.
 *
 * @param file the whole file, which must not be changed as long as arrays are asked for
 * @param source the file's name, for messages
 * @throws InputError for a file that is no such archive; and, of an array that is asked for, what `readNpy` throws, and where it is
 *   damaged
 */
export function readNpz(file: Uint8Array | ArrayBuffer, source: string): Record<string, NumericArray> {
  const bytes = bytesGiven(file, source);
  const arrays: Record<string, NumericArray> = {};
  for (const entry of attempt(source, () => readZipDirectory(bytes))) {
    const isArray = entry.name.endsWith(extension);
    const name = arrayName(entry.name);
    if (Object.hasOwn(arrays, name)) throw unsound(source, `it holds ${entry.name} twice`);
    let array: NumericArray | undefined;
    Object.defineProperty(arrays, name, {
      enumerable: isArray,
      get: () => (array ??= isArray ? readEntry(bytes, entry, source) : refuseEntry(entry, source)),
    });
  }
  return arrays;
}

/** What of an archive the name of an array is: that of the file in it without `.npy`. */
export function arrayName(entry: string): string {
  return entry.endsWith(extension) ? entry.slice(0, -extension.length) : entry;
}

function readEntry(bytes: Uint8Array, entry: ZipEntry, source: string): NumericArray {
  return readNpy(
    attempt(source, () => unzipEntry(bytes, entry)),
    `${source}: ${entry.name}`,
  );
}

function refuseEntry({ name }: ZipEntry, source: string): never {
  throw new InputError(`${source}: holds ${name}, which is no array`);
}

/** @throws InputError for what is wrong with the archive */
export function attempt<T>(source: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw unsound(source, (error as Error).message, error);
  }
}

export function unsound(source: string, problem: string, cause?: unknown): InputError {
  return new InputError(`${source}: not a sound archive of arrays (.npz): ${problem}`, { cause });
}
