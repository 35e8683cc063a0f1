import { promisify } from 'node:util';
import { constants, gunzip as gunzipCallback } from 'node:zlib';
import { InputError } from '@apical/core';
import { byteCount } from './length.ts';

const inflate = promisify(gunzipCallback);

/**
 * Decompresses a gzip file that is known to hold `expectedBytes`. Stops as soon as it holds more, so that a small file
 * that expands to gigabytes cannot take the memory.
 *
 * @param source the file's name, for messages
 * @returns the content: at most one byte longer than expected, and possibly shorter
 * @throws InputError if the stream is corrupt, ends early, or holds more than expected
 */
export async function gunzip(bytes: Uint8Array, source: string, expectedBytes: number): Promise<Uint8Array> {
  try {
    const content = await inflate(bytes, { maxOutputLength: expectedBytes + 1 });
    return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
  } catch (error) {
    throw new InputError(`${source}: ${gzipProblem(error, expectedBytes)}`, { cause: error });
  }
}

/** What to say of an error of node:zlib. */
export function gzipProblem(error: unknown, expectedBytes: number): string {
  const { errno, code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return `${byteCount(expectedBytes)} expected, more found when uncompressed: this is not the file that it should be`;
  }
  if (errno === constants.Z_BUF_ERROR) return 'the gzip stream ends early: the file is incomplete';
  return `corrupt gzip stream (${message})`;
}
