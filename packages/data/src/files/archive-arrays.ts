import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { InputError } from '@apical/core';
import { type KeptArray, readNpyPieces } from '../formats/npy.ts';
import { arrayName, attempt, unsound } from '../formats/npz.ts';
import { pieceBytes } from '../formats/table-lines.ts';
import {
  entryStart,
  localLength,
  readZipDirectory,
  ZipDirectoryBefore,
  type ZipEntry,
} from '../formats/zip-directory.ts';
import { type FileParts, partsOf } from './file-parts.ts';
import { grouped, rangePieces } from './file-pieces.ts';

/** The end of an archive in which its directory lies, unless it is a long one. */
const endBytes = 2 ** 17;

/** The arrays of an archive of NumPy (`readNpz`) that is a file: each is read when it is asked for, piece by piece. */
export interface ArchiveArrays {
  readonly names: readonly string[];
  /** @throws InputError as `readNpz` does */
  read(name: string): Promise<KeptArray>;
}

/** @param texts whether arrays may be of texts. @throws InputError for a file that is no such archive */
export async function archiveArrays(file: FileHandle, source: string, texts = false): Promise<ArchiveArrays> {
  const parts = await partsOf(file);
  const entries = new Map<string, ZipEntry>();
  for (const entry of await directoryOf(parts, source)) {
    const name = arrayName(entry.name);
    if (name === entry.name) continue;
    if (entries.has(name)) throw unsound(source, `it holds ${entry.name} twice`);
    entries.set(name, entry);
  }
  return {
    names: [...entries.keys()],
    read: async (name) => {
      const entry = entries.get(name)!;
      const { offset, size } = entry;
      const header = await parts
        .slice(offset, Math.min(offset + localLength, parts.byteLength))
        .catch(() => new ArrayBuffer(0));
      const start = attempt(source, () => entryStart(new Uint8Array(header), entry, parts.byteLength));
      return readNpyPieces(grouped(contentOf(file, entry, start, source)), `${source}: ${entry.name}`, size, texts);
    },
  };
}

async function directoryOf(parts: FileParts, source: string): Promise<ZipEntry[]> {
  const from = Math.max(0, parts.byteLength - endBytes);
  const end = new Uint8Array(await parts.slice(from));
  let before: number;
  try {
    return readZipDirectory(end, from);
  } catch (error) {
    if (!(error instanceof ZipDirectoryBefore)) throw unsound(source, (error as Error).message, error);
    before = error.at;
  }
  const whole = new Uint8Array(await parts.slice(before));
  return attempt(source, () => readZipDirectory(whole, before));
}

/** The uncompressed bytes of a file in the archive; at their end its checksum is compared. */
async function* contentOf(
  file: FileHandle,
  { name, method, compressed, size, crc }: ZipEntry,
  start: number,
  source: string,
): AsyncGenerator<Uint8Array, void> {
  const packed = rangePieces(file, start, compressed, method !== 0);
  let [sum, length] = [0, 0];
  try {
    for await (const piece of method === 0 ? packed : inflated(packed)) {
      length += piece.length;
      if (length > size) break;
      sum = crc32(piece, sum);
      yield piece;
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unsound(source, `${name} is damaged (${(error as Error).message})`, error);
  }
  if (length !== size || sum !== crc) throw unsound(source, `the checksum of ${name} is wrong`);
}

/** @throws the system's error where they are damaged, or end too early */
async function* inflated(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const inflate = createInflateRaw({ chunkSize: pieceBytes });
  const ended = pipeline(Readable.from(packed), inflate);
  // It is told to who reads, too.
  ended.catch(() => {});
  yield* inflate as AsyncIterable<Uint8Array>;
  await ended;
}
