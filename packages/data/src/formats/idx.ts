import { bytesGiven, InputError } from '@apical/core';
import { type ArrayHeader, readArrayPieces } from './array-pieces.ts';
import { widened } from './half-numbers.ts';
import { byteCount, lengthProblem } from './length.ts';
import { type NumberType, readNumbers, sizeOf } from './number-types.ts';
import { lengthOf, type NumericData } from './numeric-array.ts';

/** What an IDX file holds. */
export interface IdxArray<T extends NumericData = NumericData> {
  /** The sizes, the slowest first: [count, height, width] for images, [count] for labels. */
  readonly dimensions: readonly number[];
  /** The values, row-major; unsigned bytes are a view of the bytes that were read. */
  readonly values: T;
}

const unsignedByte = 0x08;
/** By the number that stands for each in a magic number. */
const types: Readonly<Record<number, NumberType>> = {
  [unsignedByte]: 'u1',
  9: 'i1',
  11: 'i2',
  12: 'i4',
  13: 'f4',
  14: 'f8',
};

/**
 * Reads an IDX file: a big-endian magic number 0x0000_TT_rank, TT the type of its numbers (08 unsigned bytes, 09 signed ones, 0b and
 * 0c integers of 16 and 32 bits, 0d and 0e floats of 32 and 64), one big-endian uint32 a dimension, then the values, big-endian
 * (format: http://yann.lecun.com/exdb/mnist/).
 *
 * @param file the whole file, uncompressed
 * @param source the file's name, for messages
 * @param rank where only unsigned bytes will do, the number of dimensions that they must have: 3 for images, 1 for labels
 * @throws InputError if the magic number is another, or the length is not what the header says
 */
export function readIdx(file: Uint8Array | ArrayBuffer, source: string): IdxArray;
export function readIdx(file: Uint8Array | ArrayBuffer, source: string, rank: number): IdxArray<Uint8Array>;
export function readIdx(file: Uint8Array | ArrayBuffer, source: string, rank?: number): IdxArray {
  const bytes = bytesGiven(file, source);
  const { type, dimensions, count, offset } = readHeader(bytes, source, rank);
  const expected = count * sizeOf(type) + offset;
  if (bytes.length !== expected) throw new InputError(`${source}: ${lengthProblem(expected, bytes.length)}`);
  const values = bytes.subarray(offset);
  return { dimensions, values: type === 'u1' ? values : readNumbers(values, type, true, source) };
}

/** `readIdx` of a file that comes piece by piece, which as a whole is never in memory. @param most how many bytes it has at most */
export async function readIdxPieces(
  pieces: AsyncIterable<Uint8Array>,
  source: string,
  most: number,
): Promise<IdxArray> {
  const read = (start: Uint8Array) => readHeader(start, source, undefined);
  const { header, data } = await readArrayPieces(pieces, source, most, read, true);
  return { dimensions: header.dimensions, values: widened(data) };
}

/** Whether a file begins as IDX files do. */
export function isIdx(bytes: Uint8Array): boolean {
  return bytes[0] === 0 && bytes[1] === 0 && bytes[2]! in types && bytes[3]! > 0;
}

function readHeader(
  bytes: Uint8Array,
  source: string,
  wanted: number | undefined,
): ArrayHeader & { readonly dimensions: readonly number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const rank = wanted ?? bytes[3] ?? 0;
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw new InputError(`${source}: ${byteCount(bytes.length)}, too few for an IDX header of ${header}`);
  }
  const found = view.getUint32(0);
  if (wanted !== undefined && found !== ((unsignedByte << 8) | rank)) {
    throw new InputError(
      `${source}: not an IDX file of unsigned bytes in ${rank} dimension${rank === 1 ? '' : 's'}: magic number ${hex((unsignedByte << 8) | rank)} expected, ${hex(found)} found`,
    );
  }
  if (!isIdx(bytes)) {
    const known = Object.keys(types).map((type) => hex(Number(type)).slice(-2));
    throw new InputError(
      `${source}: not an IDX file: magic number ${hex(found)}; 0x0000, a type (${known.join(', ')}) and the number of dimensions are expected`,
    );
  }
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  return { type: types[bytes[2]!]!, bigEndian: true, dimensions, count: lengthOf(dimensions), offset: header };
}

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, '0')}`;
}
