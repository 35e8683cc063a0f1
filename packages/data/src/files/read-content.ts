import { readFile } from 'node:fs/promises';
import { standardInput } from '../file-kinds.ts';

/** What a gzip file may hold, uncompressed, at most. */
export const mostBytes = 2 ** 31;

/** What came by standard input and by pipes, which can be read once. */
const come = new Map<string, Promise<Uint8Array>>();

/** The bytes that come by standard input or a pipe, kept for who reads them again. */
export function readPipe(path: string): Promise<Uint8Array> {
  const bytes = come.get(path) ?? (path === standardInput ? readStandardInput() : readFile(path));
  come.set(path, bytes);
  return bytes;
}

async function readStandardInput(): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of process.stdin) parts.push(part);
  return Buffer.concat(parts);
}
