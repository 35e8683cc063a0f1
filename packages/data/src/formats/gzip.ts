import { promisify } from 'node:util';
import { constants, gunzip as gunzipCallback, type ZlibOptions } from 'node:zlib';
import { InputError } from '@apical/core';
import { byteCount } from './length.ts';

/** With `info`, Node.js gives the engine, too, which knows how many bytes it has read. */
type Inflated = { buffer: Buffer; engine: { bytesWritten: number } };
const inflate = promisify(gunzipCallback) as unknown as (
  bytes: Uint8Array,
  options: ZlibOptions & { info: true },
) => Promise<Inflated>;

/** Whether a file begins as those of gzip do. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Decompresses a gzip file that is known to hold `expectedBytes`, or at most as many. Stops as soon as it holds more, so that a small
 * file that expands to gigabytes cannot take the memory. A file may be of several members, one after the other, with zero bytes
 * between and after them, as tapes and disks pad files.
 *
 * @param source the file's name, for messages
 * @returns the content: at most one byte longer than expected, and possibly shorter
 * @throws InputError if the stream is corrupt, ends early, holds more than expected, or is followed by something else
 */
export async function gunzip(bytes: Uint8Array, source: string, expectedBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let length = 0;
  let at = 0;
  do {
    try {
      const options = { maxOutputLength: Math.max(1, expectedBytes + 1 - length), info: true } as const;
      const { buffer, engine } = await inflate(bytes.subarray(at), options);
      parts.push(buffer);
      length += buffer.length;
      at = afterZeros(bytes, at + engine.bytesWritten);
    } catch (error) {
      throw new InputError(`${source}: ${gzipProblem(error, expectedBytes)}`, { cause: error });
    }
  } while (at < bytes.length && isGzip(bytes.subarray(at)));
  if (at < bytes.length) throw new InputError(`${source}: something else follows the gzip stream, at byte ${at}`);
  const content = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  return new Uint8Array(content.buffer, content.byteOffset, content.byteLength);
}

function afterZeros(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === 0) at++;
  return at;
}

/** What to say of an error of node:zlib. */
export function gzipProblem(error: unknown, expectedBytes: number): string {
  const { errno, code, message } = error as NodeJS.ErrnoException;
  if (code === 'ERR_BUFFER_TOO_LARGE') {
    return `${byteCount(expectedBytes)} expected, more found when uncompressed: this is not the file that it should be`;
  }
  if (errno === constants.Z_BUF_ERROR) return 'the gzip stream ends early: the file is incomplete';
  if (message === 'incorrect header check') return 'corrupt gzip stream, or something else follows it';
  return `corrupt gzip stream (${message})`;
}
