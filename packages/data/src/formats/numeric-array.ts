import { HalfNumbers, type KeptNumbers } from './half-numbers.ts';

/** An array of numbers as NumPy has it, in C order: the last index runs fastest. */
export interface NumericArray {
  readonly shape: readonly number[];
  readonly data: NumericData;
}

export type NumericData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array;

/** How many numbers an array of that shape has; not exact beyond 2⁵³. */
export function lengthOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A number of more is none as float32. */
export const largest = 3.4028235677973366e38;

/** The place of the first number that is no finite float32; −1 where there is none. */
export function firstBad(data: KeptNumbers): number {
  if (data instanceof HalfNumbers) return data.firstBad();
  // Integers of 32 bits are smaller.
  if (!/^Float/.test(data.constructor.name)) return -1;
  for (let i = 0; i < data.length; i++) if (!(Math.abs(data[i]!) < largest)) return i;
  return -1;
}
