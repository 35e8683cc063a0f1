import { InputError } from '@apical/core';
import { byteCount } from './length.ts';

/** The bytes of one CIFAR image: 32 rows of 32 pixels for red, then for green, then for blue. */
export const cifarImageBytes = 3 * 32 * 32;

/** What a CIFAR file in the binary version holds. */
export interface CifarRecords {
  readonly count: number;
  /** count × 3,072, row-major, each image as in the file. */
  readonly pixels: Uint8Array;
  /** One class an image. */
  readonly classes: Uint8Array;
}

/**
 * Reads a file of CIFAR's binary version: records of label bytes and 3,072 pixel bytes, nothing between or around them
 * (format: https://www.cs.toronto.edu/~kriz/cifar.html).
 *
 * @param bytes the whole file, uncompressed
 * @param source the file's name, for messages
 * @param labelBytes 1 in CIFAR-10 (the class); 2 in CIFAR-100 (the superclass, then the class)
 * @throws InputError if the length is not a whole number of records
 */
export function readCifar(bytes: Uint8Array, source: string, labelBytes: 1 | 2): CifarRecords {
  const recordBytes = labelBytes + cifarImageBytes;
  if (bytes.length % recordBytes !== 0) {
    throw new InputError(
      `${source}: ${byteCount(bytes.length)} found, which is no whole number of records of ${byteCount(recordBytes)}`,
    );
  }
  const count = bytes.length / recordBytes;
  const pixels = new Uint8Array(count * cifarImageBytes);
  const classes = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const image = i * recordBytes + labelBytes;
    classes[i] = bytes[image - 1]!;
    pixels.set(bytes.subarray(image, image + cifarImageBytes), i * cifarImageBytes);
  }
  return { count, pixels, classes };
}
