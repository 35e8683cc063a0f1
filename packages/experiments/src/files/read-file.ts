import { readFileSync } from 'node:fs';
import { errorCode } from './write-problem.ts';

/** The bytes of a file; undefined if there is none. */
export function bytesIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
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
