import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { FailureError, InputError } from '@apical/core';
import { gzipProblem } from '../formats/gzip.ts';
import { byteCount } from '../formats/length.ts';
import { readTar } from '../formats/tar.ts';
import { checkContents } from '../read-contents.ts';
import type { DataFile, DataSet } from '../registry/data-set.ts';

/** What an archive may hold beside the data: a readme, the class names, headers and padding. */
const restBytes = 1_048_576;

/**
 * Reads files of a data set out of its tar.gz archive and checks them, sums included.
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
