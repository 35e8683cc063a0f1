import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from '@apical/core';
import { gzipProblem, isGzip } from '../formats/gzip.ts';
import type { FileParts } from './file-parts.ts';

const chunkBytes = 2 ** 18;

/**
 * `gunzip` piece by piece: of neither the file nor what it holds is more in memory than a few pieces.
 *
 * @param most how many bytes it may hold
 * @throws InputError as `gunzip`
 */
export async function* gunzipPieces(file: FileParts, source: string, most: number): AsyncGenerator<Uint8Array, void> {
  let [at, length] = [0, 0];
  do {
    const member = Readable.from(chunksOf(file, at));
    const engine = createGunzip({ chunkSize: chunkBytes });
    member.on('error', (error) => engine.destroy(error));
    member.pipe(engine);
    try {
      for await (const piece of engine as AsyncIterable<Buffer>) {
        length += piece.length;
        if (length > most) throw Object.assign(new Error('too much'), { code: 'ERR_BUFFER_TOO_LARGE' });
        yield piece;
      }
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === undefined
        ? error
        : new InputError(`${source}: ${gzipProblem(error, most)}`, { cause: error });
    } finally {
      member.destroy();
    }
    at = await afterZeros(file, at + engine.bytesWritten);
  } while (at < file.byteLength && isGzip(new Uint8Array(await file.slice(at, Math.min(at + 2, file.byteLength)))));
  if (at < file.byteLength) throw new InputError(`${source}: something else follows the gzip stream, at byte ${at}`);
}

async function* chunksOf(file: FileParts, from: number): AsyncGenerator<Uint8Array, void> {
  for (let at = from; at < file.byteLength; at += chunkBytes) {
    yield new Uint8Array(await file.slice(at, Math.min(at + chunkBytes, file.byteLength)));
  }
}

async function afterZeros(file: FileParts, start: number): Promise<number> {
  for (let from = start; from < file.byteLength; from += chunkBytes) {
    const bytes = new Uint8Array(await file.slice(from, Math.min(from + chunkBytes, file.byteLength)));
    const found = bytes.findIndex((byte) => byte !== 0);
    if (found >= 0) return from + found;
  }
  return file.byteLength;
}
