import { InputError } from '@apical/core';
import { byteCount, lengthProblem } from './length.ts';

/** What an IDX file of unsigned bytes holds. */
export interface IdxArray {
  /** The sizes, the slowest first: [count, height, width] for images, [count] for labels. */
  readonly dimensions: readonly number[];
  /** The values, row-major: a view of the bytes that were read. */
  readonly values: Uint8Array;
}

const unsignedByte = 0x08;

/**
 * Reads an IDX file of unsigned bytes: a big-endian magic number 0x0000_08_rank, one big-endian uint32 a dimension,
 * then the values (format: http://yann.lecun.com/exdb/mnist/).
 *
 * @param bytes the whole file, uncompressed
 * @param source the file's name, for messages
 * @param rank the number of dimensions it must have: 3 for images, 1 for labels
 * @throws InputError if the magic number is another, or the length is not what the header says
 */
export function readIdx(bytes: Uint8Array, source: string, rank: number): IdxArray {
  const header = 4 + 4 * rank;
  if (bytes.length < header) {
    throw new InputError(`${source}: ${byteCount(bytes.length)}, too few for an IDX header of ${header}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = (unsignedByte << 8) | rank;
  const found = view.getUint32(0);
  if (found !== magic) {
    throw new InputError(
      `${source}: not an IDX file of unsigned bytes in ${rank} dimension${rank === 1 ? '' : 's'}: magic number ${hex(magic)} expected, ${hex(found)} found`,
    );
  }
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  const expected = dimensions.reduce((product, size) => product * size, 1) + header;
  if (bytes.length !== expected) throw new InputError(`${source}: ${lengthProblem(expected, bytes.length)}`);
  return { dimensions, values: bytes.subarray(header) };
}

function hex(magic: number): string {
  return `0x${magic.toString(16).padStart(8, '0')}`;
}
