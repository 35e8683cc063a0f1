import { halfFloats, InputError } from '@apical/core';
import type { NumericData } from './numeric-array.ts';

/** The types of numbers that files hold: i signed, u unsigned, f floating-point, b truth values; and the bytes of each. */
export type NumberType = keyof typeof readers;

/** What becomes of the bytes, which are little-endian and need not be kept. */
const readers = {
  b1: truths,
  u1: (bytes: ArrayBuffer) => new Uint8Array(bytes),
  i1: (bytes: ArrayBuffer) => new Int8Array(bytes),
  u2: (bytes: ArrayBuffer) => new Uint16Array(bytes),
  i2: (bytes: ArrayBuffer) => new Int16Array(bytes),
  u4: (bytes: ArrayBuffer) => new Uint32Array(bytes),
  i4: (bytes: ArrayBuffer) => new Int32Array(bytes),
  u8: (bytes: ArrayBuffer, source: string) => longs(bytes, false, source),
  i8: (bytes: ArrayBuffer, source: string) => longs(bytes, true, source),
  f2: (bytes: ArrayBuffer) => halfFloats(new Uint16Array(bytes)),
  f4: (bytes: ArrayBuffer) => new Float32Array(bytes),
  f8: (bytes: ArrayBuffer) => new Float64Array(bytes),
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

/**
 * The numbers that bytes are, in an array of their own. float16 becomes float32, integers of 64 bits float64, and truth values 0 and 1.
 *
 * @param source the file's name, for messages
 * @throws InputError for integers beyond ±(2⁵³ − 1)
 */
export function readNumbers(bytes: Uint8Array, type: NumberType, bigEndian: boolean, source: string): NumericData {
  const copy = new Uint8Array(bytes.length);
  copy.set(bytes);
  if (bigEndian) reverse(copy.buffer, sizeOf(type));
  return readers[type](copy.buffer, source);
}

/** Reverses the bytes of each number, in place. */
function reverse(buffer: ArrayBuffer, size: number): void {
  if (size === 1) return;
  if (size === 2) {
    const words = new Uint16Array(buffer);
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
function longs(buffer: ArrayBuffer, signed: boolean, source: string): Float64Array {
  const low = new Uint32Array(buffer);
  const high = signed ? new Int32Array(buffer) : low;
  const floats = new Float64Array(buffer);
  for (let i = 0; i < floats.length; i++) {
    const value = high[2 * i + 1]! * 2 ** 32 + low[2 * i]!;
    if (!Number.isSafeInteger(value)) {
      const exact = (BigInt(high[2 * i + 1]!) << 32n) + BigInt(low[2 * i]!);
      throw new InputError(`${source}: ${exact} at place ${i.toLocaleString('en')} is larger than can be read exactly`);
    }
    floats[i] = value;
  }
  return floats;
}
