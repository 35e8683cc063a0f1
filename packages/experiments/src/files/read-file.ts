import { readFileSync } from 'node:fs';
import { errorCode } from './write-problem.ts';

/** What says that there is no file: nothing, or a folder. */
const absent: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

/** The bytes of a file; undefined if there is none. */
export function bytesIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (absent.has(errorCode(error))) return undefined;
    throw error;
  }
}

/** The text of a file; undefined if there is none. */
export function textIfThere(path: string): string | undefined {
  return bytesIfThere(path)?.toString('utf8');
}

/** What a file of JSON holds; undefined if there is none, or if it is not JSON (it was cut short, or is damaged). */
export function jsonIfSound(path: string): unknown {
  const text = textIfThere(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
