import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isGzip } from '../formats/gzip.ts';
import { pieceBytes, piecesOf } from '../formats/table-rows.ts';
import { readContent, standardInput } from './read-content.ts';

/** The uncompressed bytes of a file, piece by piece. */
export interface FilePieces {
  /** Each is done with when the next is asked for. */
  readonly pieces: Iterable<Uint8Array>;
  /** The SHA-256 sum of those that were asked for. */
  sha256(): string;
}

/**
 * The pieces of a file, of which it is not in memory as a whole, unless it is gzipped or comes by a pipe.
 * @throws InputError where it is gzipped and damaged; the system's error where it cannot be read
 */
export async function filePieces(path: string, source: string): Promise<FilePieces> {
  const hash = createHash('sha256');
  const pieces = isPlainFile(path) ? plainPieces(path) : piecesOf(await readContent(path, source));
  return { pieces: hashed(pieces, hash), sha256: () => hash.digest('hex') };
}

function* hashed(pieces: Iterable<Uint8Array>, hash: ReturnType<typeof createHash>): Generator<Uint8Array, void> {
  for (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

function isPlainFile(path: string): boolean {
  if (path === standardInput) return false;
  const file = openSync(path, 'r');
  try {
    if (!fstatSync(file).isFile()) return false;
    const start = new Uint8Array(2);
    return !isGzip(start.subarray(0, readSync(file, start)));
  } finally {
    closeSync(file);
  }
}

function* plainPieces(path: string): Generator<Uint8Array, void> {
  const file = openSync(path, 'r');
  const piece = new Uint8Array(pieceBytes);
  try {
    for (;;) {
      let length = 0;
      while (length < pieceBytes) {
        const found = readSync(file, piece, length, pieceBytes - length, null);
        if (found === 0) break;
        length += found;
      }
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(file);
  }
}
