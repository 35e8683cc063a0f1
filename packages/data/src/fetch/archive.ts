import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FailureError, InputError } from '@apical/core';
import { gunzip, gzipProblem } from '../formats/gzip.ts';
import { byteCount } from '../formats/length.ts';
import { readTar } from '../formats/tar.ts';
import { unzipEntry } from '../formats/zip.ts';
import { readZipDirectory } from '../formats/zip-directory.ts';
import { checkContents } from '../read-contents.ts';
import type { DataFile, DataSet } from '../registry/data-set.ts';

/** What an archive may hold beside the data: a readme, the class names, headers and padding. */
const restBytes = 1_048_576;

/**
 * Reads files of a data set out of its archive, a tar.gz or a zip of gzipped files, and checks them, sums included.
 *
 * @param archive the path of the archive on disk
 * @param folder the folder within the archive
 * @returns the content of each file, by name
 * @throws FailureError if the archive is corrupt, or a file is missing or not the official one
 */
export async function readArchive(
  set: DataSet,
  files: readonly DataFile[],
  archive: string,
  folder: string,
): Promise<Map<string, Uint8Array>> {
  if (archive.endsWith('.zip') || archive.endsWith('.zip.part')) return readZip(set, files, archive, folder);
  const wanted = new Map(files.map((file) => [`${folder}/${file.name}`, file.bytes]));
  const limit = set.files.reduce((sum, file) => sum + file.bytes, restBytes);
  let found = new Map<string, Uint8Array>();
  try {
    await pipeline(createReadStream(archive), createGunzip(), async (stream: AsyncIterable<Uint8Array>) => {
      found = await readTar(atMost(limit, stream, archive), archive, wanted);
    });
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new FailureError(`${archive}: ${gzipProblem(error, limit)}`, { cause: error });
  }
  const contents = new Map<string, Uint8Array>();
  for (const file of files) {
    const bytes = found.get(`${folder}/${file.name}`);
    if (bytes === undefined) throw new FailureError(`${archive}: the archive has no ${folder}/${file.name}`);
    checkContents(set, file, bytes, `${archive}: ${file.name}`);
    contents.set(file.name, bytes);
  }
  return contents;
}

/** From a zip, whose own sum is compared where it is known. */
async function readZip(
  set: DataSet,
  files: readonly DataFile[],
  archive: string,
  folder: string,
): Promise<Map<string, Uint8Array>> {
  const bytes = await readFile(archive);
  const sum = createHash('sha256').update(bytes).digest('hex');
  const { sha256 } = set.source.archive ?? {};
  if (sha256 !== undefined && sum !== sha256) {
    throw new FailureError(
      `${archive}: SHA-256 sum ${sha256} expected, ${sum} found: this is not the official archive`,
    );
  }
  const contents = new Map<string, Uint8Array>();
  for (const file of files) {
    const content = await gunzip(entryOf(bytes, `${folder}/${file.name}.gz`, archive), archive, file.bytes);
    checkContents(set, file, content, `${archive}: ${file.name}`);
    contents.set(file.name, content);
  }
  return contents;
}

function entryOf(bytes: Uint8Array, name: string, archive: string): Uint8Array {
  try {
    const entry = readZipDirectory(bytes).find((each) => each.name === name);
    if (entry) return unzipEntry(bytes, entry);
  } catch (error) {
    throw new FailureError(`${archive}: ${(error as Error).message}`, { cause: error });
  }
  throw new FailureError(`${archive}: the archive has no ${name}`);
}

async function* atMost(limit: number, stream: AsyncIterable<Uint8Array>, source: string) {
  let bytes = 0;
  for await (const piece of stream) {
    bytes += piece.length;
    if (bytes > limit) {
      throw new FailureError(
        `${source}: more than ${byteCount(limit)} when uncompressed: this is not the official file`,
      );
    }
    yield piece;
  }
}
