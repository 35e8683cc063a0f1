import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Contents, checkSum, decodeContents } from './contents.ts';
import { fileProblem } from './file-problem.ts';
import { gunzip, isGzip } from './formats/gzip.ts';
import type { DataLocation } from './locate.ts';
import { fromOtherFile } from './other-files.ts';
import type { DataFile, DataSet } from './registry/data-set.ts';

/** Where a file's content is. */
type Place = Pick<DataLocation, 'path' | 'compressed' | 'other'>;

/**
 * Reads a file of a data set and checks all that is known of it: length, form, range of the labels, SHA-256 sum. It may be gzipped
 * under its plain name: uncompressed, none of them begins as gzip does.
 * @throws InputError that says what is wrong with it
 */
export async function readContents(set: DataSet, file: DataFile, place: Place): Promise<Contents> {
  const { bytes, gzipSha256 } = await readOfficial(file, place);
  return checkContents(set, file, bytes, place.path, gzipSha256);
}

/** The uncompressed bytes of a file of a data set, as its authors publish it, wherever they come from. */
export async function readFileOf(file: DataFile, place: Place): Promise<Uint8Array> {
  return (await readOfficial(file, place)).bytes;
}

async function readOfficial(
  file: DataFile,
  { path, compressed, other }: Place,
): Promise<{ readonly bytes: Uint8Array; readonly gzipSha256?: string }> {
  const bytes = await readBytes(path);
  if (other) return { bytes: await fromOtherFile(file, other, bytes, path) };
  if (!compressed && !isGzip(bytes)) return { bytes };
  return { bytes: await gunzip(bytes, path, file.bytes), gzipSha256: sumOf(bytes) };
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { buffer, byteOffset, byteLength } = await readFile(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw fileProblem(error, path, 'read');
  }
}

/** Checks the uncompressed bytes of a file of a data set, and takes them apart; `source` names it in messages. */
export function checkContents(
  set: DataSet,
  file: DataFile,
  bytes: Uint8Array,
  source: string,
  gzipSha256?: string,
): Contents {
  const decoded = decodeContents(set, file, bytes, source);
  return { ...decoded, ...checkSum(file, sumOf(bytes), source, gzipSha256) };
}

function sumOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
