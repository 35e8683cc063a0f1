import { readFile } from 'node:fs/promises';
import { gunzip, isGzip } from '../formats/gzip.ts';

/** The name of a file that stands for what comes by standard input. */
export const standardInput = '-';

/** What a gzip file may hold, uncompressed, at most. */
export const mostBytes = 2 ** 31;

/** The bytes of a file, uncompressed. @param source what it is called in messages */
export async function readContent(path: string, source: string): Promise<Uint8Array> {
  const bytes = path === standardInput ? await readStandardInput() : await readFile(path);
  return isGzip(bytes) ? gunzip(bytes, source, mostBytes) : bytes;
}

export async function readStandardInput(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts);
}
