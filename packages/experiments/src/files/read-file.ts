import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { InputError, parseJson } from '@apical/core';
import { errorCode } from './write-problem.ts';

/** What says that there is nothing. */
const absent: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);
/** A buffer of Node.js and the memory of a network hold no more than this. */
export const mostFileBytes = 2 ** 32;
/** How much of a file is read at once where it is read piece by piece. */
const pieceBytes = 1 << 18;

/** What stands where a file is looked for: the file, a reason not to read it, or nothing. */
export type Found<T> = { readonly value?: T; readonly problem?: string };

/**
 * Opens a regular file and nothing else: no link is followed, and no pipe or device is waited for.
 *
 * @param use gets the file's descriptor and size
 */
function withFile<T>(path: string, most: number, use: (file: number, size: number) => T): Found<T> {
  let file: number | undefined;
  try {
    const there = lstatSync(path);
    if (!there.isFile()) return { problem: `is ${kindOf(there)}, not a file` };
    file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
    const found = fstatSync(file);
    if (!found.isFile()) return { problem: `is ${kindOf(found)}, not a file` };
    if (found.size > most) return { problem: `has ${found.size} bytes, and at most ${most} are read` };
    return { value: use(file, found.size) };
  } catch (error) {
    const code = errorCode(error);
    if (absent.has(code)) return {};
    if (code === '') throw error;
    return { problem: `cannot be read (${code})` };
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** All bytes of a file of at most so many. */
export function readBytes(path: string, most = mostFileBytes): Found<Buffer> {
  return withFile(path, most, (file, size) => readAt(file, 0, size));
}

/** Gives a file of any contents away piece by piece, until `use` returns false. */
export function readPieces(path: string, most: number, use: (piece: Buffer) => boolean | undefined): Found<true> {
  return withFile(path, most, (file, size) => {
    for (let at = 0; at < size; at += pieceBytes) {
      if (use(readAt(file, at, Math.min(pieceBytes, size - at))) === false) break;
    }
    return true;
  });
}

/** The text of a file of at most so many bytes. */
export function readText(path: string, most?: number): Found<string> {
  const { value, problem } = readBytes(path, most);
  return problem === undefined ? { ...(value && { value: value.toString('utf8') }) } : { problem };
}

/** The bytes of a file; undefined if there is none that can be read. */
export function bytesIfThere(path: string): Buffer | undefined {
  return readBytes(path).value;
}

/** The text of a file; undefined if there is none that can be read. */
export function textIfThere(path: string): string | undefined {
  return readText(path, mostJsonBytes).value;
}

/** No file of JSON is larger. */
export const mostJsonBytes = 1 << 24;

/** What a file of JSON holds; undefined if there is none, or if it is not JSON (it was cut short, or is damaged). */
export function jsonIfSound(path: string): unknown {
  const text = textIfThere(path);
  return text === undefined ? undefined : jsonOf(text);
}

/** What a text of JSON says; undefined where it is none that `parseJson` takes. */
export function jsonOf(text: string): unknown {
  try {
    return parseJson(text, '');
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(length);
  let done = 0;
  while (done < length) {
    const read = readSync(file, buffer, done, Math.min(length - done, 1 << 30), position + done);
    if (read === 0) break;
    done += read;
  }
  return buffer.subarray(0, done);
}

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return 'a link';
  if (found.isDirectory()) return 'a folder';
  if (found.isFIFO()) return 'a pipe';
  return found.isSocket() ? 'a socket' : 'a device';
}
