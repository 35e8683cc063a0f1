import { InputError } from '@apical/core';
import { readCifar } from './formats/cifar.ts';
import { isIdx, readIdx } from './formats/idx.ts';
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
  /** How the file differs from the official one, if it is a known variant; or that nothing is known by which it could be told. */
  readonly note?: string;
  /** Whether nothing is known of its bytes but their number and form. */
  readonly isUnverified?: boolean;
}

export interface Contents extends Decoded, Identity {}

/**
 * Takes the uncompressed bytes of a file of a data set apart, and checks length, form and range of the labels.
 * @param source the file's name, for messages
 * @throws InputError that says what is wrong with it
 */
export function decodeContents(set: DataSet, file: DataFile, bytes: Uint8Array, source: string): Decoded {
  if (bytes.length !== file.bytes) {
    refuseOthers(set, file, bytes, source);
    throw new InputError(`${source}: ${lengthProblem(file.bytes, bytes.length)}`);
  }
  const contents = decode(set, file, bytes, source);
  const { length } = set.classNames;
  const { firstClass: first = 0 } = file;
  const bad = contents.classes?.findIndex((value) => value < first || value >= first + length) ?? -1;
  if (bad >= 0) {
    throw new InputError(
      `${source}: label ${contents.classes![bad]} at place ${bad.toLocaleString('en')}; ${set.name} has classes ${first} to ${first + length - 1}`,
    );
  }
  return first === 0 || !contents.classes ? contents : { classes: contents.classes.map((value) => value - first) };
}

/** A file that is sound, and of the kind, but has another number of samples: somebody's own data by the name of the set's. */
export class OtherDataError extends InputError {}

/** @throws OtherDataError for a sound IDX file of other samples */
function refuseOthers(set: DataSet, { form }: DataFile, bytes: Uint8Array, source: string): void {
  if (!form.startsWith('idx') || !isIdx(bytes)) return;
  let dimensions: readonly number[];
  try {
    ({ dimensions } = readIdx(bytes, source));
  } catch {
    return;
  }
  throw new OtherDataError(
    `${source}: is a sound IDX file of ${dimensions.join(' × ')} numbers, and none of ${set.name}: data of your own are learned by their paths, --data IMAGES --target LABELS; or name another folder with --data-dir`,
  );
}

/**
 * Whether the sum is that of the official file or of a known variant, or nothing is known of it.
 * @param gzipSha256 the sum of the gzipped file that it comes from, if it does
 * @throws InputError if it is neither
 */
export function checkSum(file: DataFile, sha256: string, source: string, gzipSha256?: string): Identity {
  if (sha256 === file.sha256) return { sha256 };
  const variant = file.variants?.find((known) => known.sha256 === sha256);
  if (variant !== undefined) return variant;
  if (file.sha256 === undefined) {
    if (gzipSha256 !== undefined && gzipSha256 === file.gzipSha256) return { sha256 };
    const reason =
      file.gzipSha256 === undefined
        ? 'no SHA-256 sum of it is known'
        : 'a SHA-256 sum is known of the official .gz only';
    return { sha256, note: `length and header are right; ${reason}`, isUnverified: true };
  }
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
    case 'idx-label-rows': {
      const { dimensions, values } = readIdx(bytes, source);
      checkDimensions([file.count], dimensions.slice(0, 1), source);
      const width = values.length / file.count;
      return { classes: Uint8Array.from({ length: file.count }, (_, i) => Number(values[i * width])) };
    }
    case 'idx-images':
    case 'idx-transposed-images': {
      const { height, width } = set.shape;
      const { dimensions, values } = readIdx(bytes, source, 3);
      checkDimensions([file.count, height, width], dimensions, source);
      return { pixels: file.form === 'idx-images' ? values : transposed(values, height, width) };
    }
  }
}

/** Images that stand by columns, by rows. */
function transposed(values: Uint8Array, height: number, width: number): Uint8Array {
  const pixels = new Uint8Array(values.length);
  const size = height * width;
  for (let start = 0; start < values.length; start += size) {
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        pixels[start + row * width + column] = values[start + column * height + row]!;
      }
    }
  }
  return pixels;
}

function pick({ pixels, classes }: { pixels: Uint8Array; classes: Uint8Array }) {
  return { pixels, classes };
}

function checkDimensions(expected: readonly number[], found: readonly number[], source: string): void {
  if (expected.some((size, i) => size !== found[i])) {
    throw new InputError(`${source}: dimensions ${expected.join(' × ')} expected, ${found.join(' × ')} found`);
  }
}
