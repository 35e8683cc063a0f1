import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { InputError } from '@apical/core';
import { standardInput } from '../file-kinds.ts';
import { isGzip } from '../formats/gzip.ts';
import { pieceBytes } from '../formats/table-lines.ts';
import { partsInMemory, partsOf } from './file-parts.ts';
import { gunzipPieces } from './gunzip-pieces.ts';
import { mostBytes, readPipe } from './read-content.ts';

/** The uncompressed bytes of a file, piece by piece. */
export interface FilePieces {
  /** Of `pieceBytes` but for the last; each is done with when the next is asked for. They can be asked for once. */
  readonly pieces: AsyncIterable<Uint8Array>;
  /** How many bytes there are, where that is known. */
  readonly size?: number;
  /** The SHA-256 sum of those that were asked for. */
  sha256(): string;
}

/**
 * The pieces of a file, of which it is not in memory as a whole, unless it comes by a pipe.
 * @throws InputError, from the pieces, where it is gzipped and damaged; the system's error where it cannot be read
 */
export async function filePieces(path: string, source: string): Promise<FilePieces> {
  const hash = createHash('sha256');
  const known = (pieces: AsyncIterable<Uint8Array>, size?: number): FilePieces => ({
    pieces: hashed(grouped(pieces), hash),
    ...(size !== undefined && { size }),
    sha256: () => hash.digest('hex'),
  });
  const kind = path === standardInput ? undefined : await stat(path);
  if (kind?.isBlockDevice() || (kind?.isCharacterDevice() && path !== '/dev/stdin')) {
    throw new InputError(`${source}: is a device, not a file`);
  }
  if (kind?.isDirectory()) throw new InputError(`${source}: is a folder, not a file`);
  if (!kind?.isFile()) {
    const bytes = await readPipe(path);
    if (!isGzip(bytes)) return known(oneOf(bytes), bytes.length);
    return known(gunzipPieces(partsInMemory(bytes), source, mostBytes));
  }
  const file = await open(path);
  const parts = await partsOf(file);
  const start = new Uint8Array(await parts.slice(0, Math.min(2, parts.byteLength)));
  return isGzip(start)
    ? known(closing(gunzipPieces(parts, source, mostBytes), file))
    : known(closing(plainPieces(file), file), parts.byteLength);
}

async function* oneOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

async function* closing(pieces: AsyncIterable<Uint8Array>, file: FileHandle): AsyncGenerator<Uint8Array, void> {
  try {
    yield* pieces;
  } finally {
    await file.close();
  }
}

async function* plainPieces(file: FileHandle): AsyncGenerator<Uint8Array, void> {
  const piece = new Uint8Array(pieceBytes);
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, pieceBytes, null);
    if (bytesRead === 0) return;
    yield piece.subarray(0, bytesRead);
  }
}

/** The same bytes in pieces of one length. */
export async function* grouped(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const whole = new Uint8Array(pieceBytes);
  let length = 0;
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + pieceBytes - length);
      at += part.length;
      if (part.length === pieceBytes) yield part;
      else {
        whole.set(part, length);
        length += part.length;
        if (length < pieceBytes) continue;
        yield whole;
        length = 0;
      }
    }
  }
  if (length > 0) yield whole.subarray(0, length);
}

async function* hashed(
  pieces: AsyncIterable<Uint8Array>,
  hash: ReturnType<typeof createHash>,
): AsyncGenerator<Uint8Array, void> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/** The pieces of a part of a file. @param isKept whether they are needed longer than until the next is asked for */
export async function* rangePieces(
  file: FileHandle,
  start: number,
  length: number,
  isKept = false,
): AsyncGenerator<Uint8Array, void> {
  let room = new Uint8Array(pieceBytes);
  for (let at = 0; at < length; at += pieceBytes) {
    if (isKept) room = new Uint8Array(pieceBytes);
    const piece = room.subarray(0, length - at);
    const { bytesRead } = await file.read(piece, 0, piece.length, start + at);
    if (bytesRead < piece.length) throw new Error('it was cut while it was read');
    yield piece;
  }
}
