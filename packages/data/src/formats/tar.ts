import { InputError } from '@apical/core';
import { lengthProblem } from './length.ts';

const blockBytes = 512;
const regularFile = new Set([0, '0'.charCodeAt(0)]);

/**
 * Reads regular files out of a tar archive in the ustar format (POSIX.1-1988), as it streams by. What else is in the
 * archive (folders, links, extended headers) is passed over; nothing is written anywhere.
 *
 * @param stream the archive, uncompressed, in pieces of any size
 * @param source the archive's name, for messages
 * @param wanted the paths of the files to read, each with the length that it must have
 * @returns the content of each wanted file that was there, by path
 * @throws InputError if the archive is corrupt or ends within a file, or a wanted file has another length
 */
export async function readTar(
  stream: AsyncIterable<Uint8Array>,
  source: string,
  wanted: ReadonlyMap<string, number>,
): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const reader = new BlockReader(stream);
  for (;;) {
    const header = await reader.read(blockBytes);
    if (header.length === 0) return files;
    if (header.length < blockBytes) throw new InputError(`${source}: the tar archive ends within a header`);
    if (header.every((byte) => byte === 0)) continue;
    const entry = readHeader(header, source);
    const expected = entry.regular ? wanted.get(entry.path) : undefined;
    if (expected !== undefined && entry.size !== expected) {
      throw new InputError(`${source}: ${entry.path}: ${lengthProblem(expected, entry.size)}`);
    }
    const padding = (blockBytes - (entry.size % blockBytes)) % blockBytes;
    if (expected === undefined) {
      if ((await reader.skip(entry.size + padding)) < entry.size) throw endsWithin(entry.path, source);
    } else {
      const content = await reader.read(entry.size);
      if (content.length < entry.size) throw endsWithin(entry.path, source);
      files.set(entry.path, content);
      await reader.skip(padding);
    }
  }
}

function endsWithin(path: string, source: string): InputError {
  return new InputError(`${source}: the tar archive ends within ${path}`);
}

function readHeader(header: Uint8Array, source: string): { path: string; size: number; regular: boolean } {
  // The checksum is the sum of the header's bytes with its own eight counted as spaces.
  let sum = 8 * 32;
  for (let i = 0; i < blockBytes; i++) if (i < 148 || i >= 156) sum += header[i]!;
  if (octal(header, 148, 8) !== sum)
    throw new InputError(`${source}: corrupt tar archive: a header's checksum is wrong`);
  const size = octal(header, 124, 12);
  if (size === undefined) throw new InputError(`${source}: corrupt tar archive: a file's length is no octal number`);
  const prefix = text(header, 257, 5) === 'ustar' ? text(header, 345, 155) : '';
  const name = text(header, 0, 100);
  const path = (prefix === '' ? name : `${prefix}/${name}`).replace(/^\.\//, '');
  return { path, size, regular: regularFile.has(header[156]!) };
}

function text(header: Uint8Array, start: number, length: number): string {
  const field = header.subarray(start, start + length);
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}

function octal(header: Uint8Array, start: number, length: number): number | undefined {
  const digits = text(header, start, length).trim();
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : undefined;
}

/** Cuts a stream of pieces of any size into pieces of the sizes asked for. */
class BlockReader {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #piece: Uint8Array = new Uint8Array(0);

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#pieces = stream[Symbol.asyncIterator]();
  }

  /** The next `length` bytes, fewer at the end of the stream. */
  async read(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    const taken = await this.#take(length, (piece, at) => bytes.set(piece, at));
    return bytes.subarray(0, taken);
  }

  /** Passes over `length` bytes; returns how many there were. */
  skip(length: number): Promise<number> {
    return this.#take(length, () => {});
  }

  async #take(length: number, use: (piece: Uint8Array, at: number) => void): Promise<number> {
    let taken = 0;
    while (taken < length) {
      if (this.#piece.length === 0) {
        const next = await this.#pieces.next();
        if (next.done === true) break;
        this.#piece = next.value;
      }
      const piece = this.#piece.subarray(0, length - taken);
      use(piece, taken);
      taken += piece.length;
      this.#piece = this.#piece.subarray(piece.length);
    }
    return taken;
  }
}
