import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Contents, checkSum, decodeContents } from './contents.ts';
import { fileProblem } from './file-problem.ts';
import { gunzip, isGzip } from './formats/gzip.ts';
import type { DataLocation } from './locate.ts';
import type { DataFile, DataSet } from './registry/data-set.ts';

/**
 * Reads a file of a data set and checks all that is known of it: length, form, range of the labels, SHA-256 sum. It may be gzipped
 * under its plain name: uncompressed, none of them begins as gzip does.
 * @throws InputError that says what is wrong with it
 */
export async function readContents(
  set: DataSet,
  file: DataFile,
  { path, compressed }: Pick<DataLocation, 'path' | 'compressed'>,
): Promise<Contents> {
  const bytes = await readBytes(path);
  return checkContents(set, file, compressed || isGzip(bytes) ? await gunzip(bytes, path, file.bytes) : bytes, path);
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
export function checkContents(set: DataSet, file: DataFile, bytes: Uint8Array, source: string): Contents {
  const decoded = decodeContents(set, file, bytes, source);
  return { ...decoded, ...checkSum(file, createHash('sha256').update(bytes).digest('hex'), source) };
}
