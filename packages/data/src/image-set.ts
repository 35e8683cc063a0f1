import { InputError, type RawInputs } from '@apical/core';
import type { Contents } from './contents.ts';
import type { DataFile, DataSet, Split } from './registry/data-set.ts';

/** The images of one split of a data set, with their classes, as in its files. */
export interface ImageSet<Pixels extends RawInputs = Uint8Array> {
  readonly name: string;
  readonly split: Split;
  /** How many images there are. */
  readonly count: number;
  readonly shape: { readonly height: number; readonly width: number; readonly channels: number };
  /** The name of class i at place i. */
  readonly classNames: readonly string[];
  /**
   * count × (height · width · channels) bytes, each image in the order of its file: row by row, and for CIFAR's three
   * channels all of red, then all of green, then all of blue. Data that are no images of a file may have float32 numbers instead.
   */
  readonly pixels: Pixels;
  /** One class an image, below `classNames.length`. */
  readonly classes: Uint8Array;
  /** The SHA-256 sums of the uncompressed files, by file name. */
  readonly sha256: Readonly<Record<string, string>>;
  /** What is to be known of files that are not known to be the official ones. */
  readonly notes?: readonly string[];
}

/** The image set that the contents of a split's files make up, in their order. @throws InputError if images lack labels */
export function assembleImages(
  set: DataSet,
  split: Split,
  files: readonly { readonly file: DataFile; readonly contents: Contents }[],
): ImageSet {
  const pixels = concatenate(files.map(({ contents }) => contents.pixels));
  const classes = concatenate(files.map(({ contents }) => contents.classes));
  const { shape, name, classNames } = set;
  const count = pixels.length / (shape.height * shape.width * shape.channels);
  if (count !== classes.length) {
    throw new InputError(
      `${name}: ${count.toLocaleString('en')} ${split} images, but ${classes.length.toLocaleString('en')} labels`,
    );
  }
  const sha256 = Object.fromEntries(files.map(({ file, contents }) => [file.name, contents.sha256]));
  const notes = files.flatMap(({ file, contents: { note } }) =>
    note === undefined ? [] : [`${name}/${file.name}: ${note}`],
  );
  return { name, split, count, shape, classNames, pixels, classes, sha256, ...(notes.length > 0 && { notes }) };
}

function concatenate(parts: readonly (Uint8Array | undefined)[]): Uint8Array {
  const given = parts.filter((part) => part !== undefined);
  if (given.length === 1) return given[0]!;
  const whole = new Uint8Array(given.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of given) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
