import { InputError } from '@apical/core';
import { readCifar } from './formats/cifar.ts';
import { readIdx } from './formats/idx.ts';
import { lengthProblem } from './formats/length.ts';
import type { DataFile, DataSet } from './registry/data-set.ts';

/** What a file of a data set holds, taken apart: images, their classes, or both. */
export interface Decoded {
  readonly pixels?: Uint8Array;
  readonly classes?: Uint8Array;
}

/** What is known of the file as it was found. */
export interface Identity {
  /** Of the uncompressed bytes. */
  readonly sha256: string;
  /** How the file differs from the official one, if it is a known variant. */
  readonly note?: string;
}

export interface Contents extends Decoded, Identity {}

/**
 * Takes the uncompressed bytes of a file of a data set apart, and checks length, form and range of the labels.
 * @param source the file's name, for messages
 * @throws InputError that says what is wrong with it
 */
export function decodeContents(set: DataSet, file: DataFile, bytes: Uint8Array, source: string): Decoded {
  if (bytes.length !== file.bytes) throw new InputError(`${source}: ${lengthProblem(file.bytes, bytes.length)}`);
  const contents = decode(set, file, bytes, source);
  const { length } = set.classNames;
  const bad = contents.classes?.findIndex((value) => value >= length) ?? -1;
  if (bad >= 0) {
    throw new InputError(
      `${source}: label ${contents.classes![bad]} at place ${bad.toLocaleString('en')}; ${set.name} has classes 0 to ${length - 1}`,
    );
  }
  return contents;
}

/** Whether the sum is that of the official file or of a known variant. @throws InputError if it is neither */
export function checkSum(file: DataFile, sha256: string, source: string): Identity {
  if (sha256 === file.sha256) return { sha256 };
  const variant = file.variants?.find((known) => known.sha256 === sha256);
  if (variant !== undefined) return variant;
  throw new InputError(
    `${source}: SHA-256 sum ${file.sha256} expected, ${sha256} found: this is not the official file`,
  );
}

function decode(set: DataSet, file: DataFile, bytes: Uint8Array, source: string): Decoded {
  switch (file.form) {
    case 'cifar-10':
      return pick(readCifar(bytes, source, 1));
    case 'cifar-100':
      return pick(readCifar(bytes, source, 2));
    case 'idx-labels': {
      const { dimensions, values } = readIdx(bytes, source, 1);
      checkDimensions([file.count], dimensions, source);
      return { classes: values };
    }
    case 'idx-images': {
      const { dimensions, values } = readIdx(bytes, source, 3);
      checkDimensions([file.count, set.shape.height, set.shape.width], dimensions, source);
      return { pixels: values };
    }
  }
}

function pick({ pixels, classes }: { pixels: Uint8Array; classes: Uint8Array }) {
  return { pixels, classes };
}

function checkDimensions(expected: readonly number[], found: readonly number[], source: string): void {
  if (expected.some((size, i) => size !== found[i])) {
    throw new InputError(`${source}: dimensions ${expected.join(' × ')} expected, ${found.join(' × ')} found`);
  }
}
