import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FailureError, InputError } from '@apical/core';
import { dataDirectory } from '../directory.ts';
import { fileProblem } from '../file-problem.ts';
import { fileLength } from '../locate.ts';
import { makeFolders } from '../make-folders.ts';
import { readContents } from '../read-contents.ts';
import type { DataFile, DataSet } from '../registry/data-set.ts';
import { findDataSet } from '../registry/registry.ts';
import { verifyFile } from '../verify.ts';
import { readArchive } from './archive.ts';
import { type DownloadOptions, download } from './download.ts';

export interface FetchOptions extends Omit<DownloadOptions, 'onProgress'> {
  /** The data folder, see `dataDirectory`. */
  readonly directory?: string | undefined;
  /** The address of a folder that has the files, instead of the official one. */
  readonly mirror?: string | undefined;
  /** Called with the bytes of a file that are there, how many there will be if known, and the name of that file. */
  readonly onProgress?: ((bytes: number, total: number | undefined, file: string) => void) | undefined;
}

/**
 * Downloads what is missing or damaged of a data set into the data folder. A file is checked, SHA-256 sum included,
 * before it appears under its name; until then it grows as `<name>.part`, from which a later call goes on.
 *
 * @throws InputError if there is no such data set, it cannot be had or written, or the server's files are not the
 *   official ones; the signal's reason when aborted
 */
export async function fetchDataSet(name: string, options: FetchOptions = {}): Promise<void> {
  await fetchMissing(findDataSet(name), options);
}

/** `fetchDataSet` for any data set, listed or not. */
export async function fetchMissing(set: DataSet, options: FetchOptions): Promise<void> {
  const directory = dataDirectory(options.directory);
  const address = baseAddress(options.mirror ?? set.source.address);
  const missing: DataFile[] = [];
  for (const file of set.files) {
    options.signal?.throwIfAborted();
    const { status } = await verifyFile(set, file, directory);
    if (status === 'missing' || status === 'damaged') missing.push(file);
  }
  if (missing.length === 0) return;
  const folder = join(directory, set.name);
  await writing(folder, async () => makeFolders(folder));
  if (set.source.archive) await fetchArchive(set, missing, address, folder, options);
  else for (const file of missing) await fetchFile(set, file, address, folder, options);
}

function baseAddress(address: string): string {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    throw new InputError(`"${address}" is no address of a mirror: one that starts with https:// or http:// is needed`);
  }
  return address.endsWith('/') ? address : `${address}/`;
}

async function fetchFile(set: DataSet, file: DataFile, address: string, folder: string, options: FetchOptions) {
  const name = `${file.name}.gz`;
  const path = join(folder, name);
  const part = `${path}.part`;
  await downloadChecked(address + name, part, longestGzip(file.bytes), forFile(name, options), () =>
    readContents(set, file, { path: part, compressed: true }),
  );
  await writing(path, async () => {
    await rename(part, path);
    // A damaged file without .gz would be found first.
    await rm(join(folder, file.name), { force: true });
  });
}

async function fetchArchive(
  set: DataSet,
  files: readonly DataFile[],
  address: string,
  folder: string,
  options: FetchOptions,
) {
  const archive = set.source.archive!;
  const part = join(folder, `${archive.name}.part`);
  const url = address + archive.name;
  const contents = await downloadChecked(url, part, archive.bytes, forFile(archive.name, options), () =>
    readArchive(set, files, part, archive.folder),
  );
  for (const [name, bytes] of contents) {
    const path = join(folder, name);
    await writing(path, () => writeWhole(path, bytes));
  }
  await writing(part, () => rm(part));
}

/** Writes a file so that it is whole once it has its name; nothing of it stays where that fails. */
async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const part = `${path}.part`;
  try {
    await writeFile(part, bytes, { flush: true });
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

function forFile(name: string, { onProgress, ...options }: FetchOptions): DownloadOptions {
  return { ...options, onProgress: onProgress && ((bytes, total) => onProgress(bytes, total, name)) };
}

/**
 * Downloads to `part`, then checks. What fails the check is removed; if it went on from an earlier call's part, which
 * may have been of another version, it is downloaded once more from the start.
 */
async function downloadChecked<T>(
  url: string,
  part: string,
  limit: number,
  options: DownloadOptions,
  check: () => Promise<T>,
): Promise<T> {
  const resumed = (await fileLength(part)) !== undefined;
  await download(url, part, limit, options);
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    await writing(part, () => rm(part, { force: true }));
    if (resumed) return downloadChecked(url, part, limit, options, check);
    throw new FailureError(
      `${url} did not give the official file, so that it was removed; try another mirror. ${error.message}`,
      {
        cause: error,
      },
    );
  }
}

/** The length that a file of that many bytes has at most when gzipped: stored, with a header and a name. */
function longestGzip(bytes: number): number {
  return Math.ceil(bytes * 1.001) + 1024;
}

async function writing<T>(path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw fileProblem(error, path, 'write');
  }
}
