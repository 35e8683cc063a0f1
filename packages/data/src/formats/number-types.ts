import { halfFloats, InputError } from '@apical/core';
import type { NumericData } from './numeric-array.ts';

/** The types of numbers that files hold: i signed, u unsigned, f floating-point, b truth values; and the bytes of each. */
export type NumberType = keyof typeof readers;

/** What becomes of a buffer of bytes, which are little-endian. */
const readers = {
  b1: truths,
  u1: (buffer: ArrayBuffer) => new Uint8Array(buffer),
  i1: (buffer: ArrayBuffer) => new Int8Array(buffer),
  u2: (buffer: ArrayBuffer) => new Uint16Array(buffer),
  i2: (buffer: ArrayBuffer) => new Int16Array(buffer),
  u4: (buffer: ArrayBuffer) => new Uint32Array(buffer),
  i4: (buffer: ArrayBuffer) => new Int32Array(buffer),
  u8: (buffer: ArrayBuffer, source: string, first: number) => longs(buffer, false, source, first),
  i8: (buffer: ArrayBuffer, source: string, first: number) => longs(buffer, true, source, first),
  f2: (buffer: ArrayBuffer) => halfFloats(new Uint16Array(buffer)),
  f4: (buffer: ArrayBuffer) => new Float32Array(buffer),
  f8: (buffer: ArrayBuffer) => new Float64Array(buffer),
};

export const numberTypes = Object.keys(readers) as readonly NumberType[];

/** In bytes. */
export function sizeOf(type: NumberType): number {
  return Number(type[1]);
}

/**
 * The numbers of which an array is made anew from what they are in the file: where they can, they are a view of its bytes, otherwise as
 * `readNumbers` gives them.
 */
export function viewNumbers(bytes: Uint8Array, type: NumberType, bigEndian: boolean, source: string): NumericData {
  const View = views[type];
  const isOrdered = !bigEndian || sizeOf(type) === 1;
  if (!View || !isOrdered || bytes.byteOffset % sizeOf(type) !== 0) return readNumbers(bytes, type, bigEndian, source);
  return new View(bytes.buffer, bytes.byteOffset, bytes.length / sizeOf(type));
}

/** The types whose numbers an array of JavaScript has as they lie in files, little-endian. */
const views: Partial<
  Record<NumberType, new (buffer: ArrayBufferLike, byteOffset: number, length: number) => NumericData>
> = {
  ...{ u1: Uint8Array, i1: Int8Array, u2: Uint16Array, i2: Int16Array, u4: Uint32Array, i4: Int32Array },
  ...{ f4: Float32Array, f8: Float64Array },
};

/** Room for the bytes of numbers, which become these where they lie. */
export interface NumberRoom {
  /** The bytes as they are in the file, to be filled. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * The numbers, once the bytes are there. Integers of 64 bits become float64, truth values 0 and 1, and float16 becomes float32, which lies elsewhere.
   * @param source the file's name, for messages. @param first the place of the first of them among all of the file
   * @throws InputError for integers beyond ±(2⁵³ − 1)
   */
  numbers(bigEndian: boolean, source: string, first?: number): NumericData;
}

/** Room for so many numbers: of no more bytes than the numbers have. */
export function roomFor(type: NumberType, count: number): NumberRoom {
  const size = sizeOf(type);
  const buffer = new ArrayBuffer(size * count);
  const bytes = new Uint8Array(buffer);
  return {
    bytes,
    numbers: (bigEndian, source, first = 0) => {
      if (bigEndian) reverse(bytes, size);
      return readers[type](buffer, source, first);
    },
  };
}

/** The numbers that bytes are, in an array of their own: see `NumberRoom`. */
export function readNumbers(bytes: Uint8Array, type: NumberType, bigEndian: boolean, source: string): NumericData {
  const room = roomFor(type, bytes.length / sizeOf(type));
  room.bytes.set(bytes);
  return room.numbers(bigEndian, source);
}

/** Reverses the bytes of each number, in place. */
function reverse({ buffer, byteOffset, byteLength }: Uint8Array<ArrayBuffer>, size: number): void {
  if (size === 1) return;
  if (size === 2) {
    const words = new Uint16Array(buffer, byteOffset, byteLength / size);
    for (let i = 0; i < words.length; i++) words[i] = (words[i]! << 8) | (words[i]! >>> 8);
    return;
  }
  const words = new Uint32Array(buffer);
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    words[i] = (word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24);
  }
  if (size !== 8) return;
  for (let i = 0; i < words.length; i += 2) [words[i], words[i + 1]] = [words[i + 1]!, words[i]!];
}

function truths(buffer: ArrayBuffer): Uint8Array {
  const bytes = new Uint8Array(buffer);
  for (let i = 0; i < bytes.length; i++) if (bytes[i]! > 1) bytes[i] = 1;
  return bytes;
}

/** Integers of 64 bits as float64, in the place in which they lie. */
function longs(buffer: ArrayBuffer, signed: boolean, source: string, first: number): Float64Array {
  const low = new Uint32Array(buffer);
  const high = signed ? new Int32Array(buffer) : low;
  const floats = new Float64Array(buffer);
  for (let i = 0; i < floats.length; i++) {
    const value = high[2 * i + 1]! * 2 ** 32 + low[2 * i]!;
    if (!Number.isSafeInteger(value)) {
      const exact = (BigInt(high[2 * i + 1]!) << 32n) + BigInt(low[2 * i]!);
      throw new InputError(
        `${source}: ${exact} at place ${(first + i).toLocaleString('en')} is larger than can be read exactly`,
      );
    }
    floats[i] = value;
  }
  return floats;
}
