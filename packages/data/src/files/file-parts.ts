import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';

/** A file of which parts are read. */
export interface FileParts {
  readonly byteLength: number;
  /** The bytes from `start` to `end`. @throws Error where the file has not as many */
  slice(start: number, end?: number): Promise<ArrayBuffer>;
}

/** The parts of a file, as long as it is open. */
export async function partsOf(file: FileHandle): Promise<FileParts> {
  const { size } = await file.stat();
  return {
    byteLength: size,
    slice: async (start, end = size) => {
      if (!(start >= 0 && end >= start && end <= size)) throw new Error('a part of it lies beyond its end');
      const bytes = new Uint8Array(end - start);
      const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
      if (bytesRead < bytes.length) throw new Error('it was cut while it was read');
      return bytes.buffer;
    },
  };
}

/** The parts of a file that is in memory. */
export function partsInMemory(bytes: Uint8Array): FileParts {
  return {
    byteLength: bytes.length,
    slice: async (start, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer,
  };
}

const pieceBytes = 2 ** 22;

/** The SHA-256 sum of a file, read piece by piece. */
export async function sha256Of(file: FileHandle): Promise<string> {
  const hash = createHash('sha256');
  const piece = new Uint8Array(pieceBytes);
  for (let at = 0; ; ) {
    const { bytesRead } = await file.read(piece, 0, pieceBytes, at);
    if (bytesRead === 0) return hash.digest('hex');
    hash.update(piece.subarray(0, bytesRead));
    at += bytesRead;
  }
}
