import { InputError } from '@apical/core';
import { OtherDataError } from './contents.ts';
import { dataDirectory } from './directory.ts';
import { locate } from './locate.ts';
import { readContents } from './read-contents.ts';
import type { DataFile, DataSet, Split } from './registry/data-set.ts';
import { findDataSet } from './registry/registry.ts';

/** What was found of one file of a data set. */
export interface VerifiedFile {
  /** The official name, uncompressed. */
  readonly name: string;
  readonly split: Split;
  /** Undefined if it is missing. */
  readonly path: string | undefined;
  /**
   * `official`: it is the official file; `variant`: another version that is known; `unverified`: its length and form are right, and no more is
   * known of it; `other`: it is sound, and somebody's own data; `damaged`: none of these.
   */
  readonly status: 'official' | 'variant' | 'unverified' | 'other' | 'damaged' | 'missing';
  /** In words, with what is wrong or how a variant differs. */
  readonly message: string;
}

/**
 * Reads every file of a data set that is there, and compares it with what is known of the official one.
 * @throws InputError if there is no data set of that name; a damaged file is reported, not thrown
 */
export async function verifyDataSet(
  name: string,
  options: { directory?: string | undefined; signal?: AbortSignal | undefined } = {},
): Promise<VerifiedFile[]> {
  const set = findDataSet(name);
  const verified: VerifiedFile[] = [];
  for (const file of set.files) {
    options.signal?.throwIfAborted();
    verified.push(await verifyFile(set, file, dataDirectory(options.directory)));
  }
  return verified;
}

/** Reads one file of a data set, if it is there, and compares it with what is known of the official one. */
export async function verifyFile(set: DataSet, file: DataFile, directory: string): Promise<VerifiedFile> {
  const { name, split } = file;
  const location = await locate(set, file, directory);
  if (location === undefined) return { name, split, path: undefined, status: 'missing', message: 'not there' };
  const { path } = location;
  try {
    const { note, isUnverified } = await readContents(set, file, location);
    if (isUnverified) return { name, split, path, status: 'unverified', message: `not to be verified: ${note}` };
    return note === undefined
      ? { name, split, path, status: 'official', message: 'the official file: its SHA-256 sum is the known one' }
      : { name, split, path, status: 'variant', message: `a known variant of the official file: ${note}` };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const status = error instanceof OtherDataError ? 'other' : 'damaged';
    return { name, split, path, status, message: error.message };
  }
}
