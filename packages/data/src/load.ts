import { InputError } from 'apical';
import { dataDirectory } from './directory.ts';
import { type DataLocation, locate } from './locate.ts';
import { type Contents, readContents } from './read-contents.ts';
import type { DataFile, DataSet, Split } from './registry/data-set.ts';
import { findDataSet } from './registry/registry.ts';

/** The images of one split of a data set, with their classes, as in its files. */
export interface ImageSet {
  readonly name: string;
  readonly split: Split;
  /** How many images there are. */
  readonly count: number;
  readonly shape: { readonly height: number; readonly width: number; readonly channels: number };
  /** The name of class i at place i. */
  readonly classNames: readonly string[];
  /**
   * count × (height · width · channels) bytes, each image in the order of its file: row by row, and for CIFAR's three
   * channels all of red, then all of green, then all of blue.
   */
  readonly pixels: Uint8Array;
  /** One class an image, below `classNames.length`. */
  readonly classes: Uint8Array;
  /** The SHA-256 sums of the uncompressed files, by file name. */
  readonly sha256: Readonly<Record<string, string>>;
}

/**
 * Reads one split of a data set from the data folder (see `dataDirectory`), else from what ships with this package
 * (MNIST's and Fashion-MNIST's test images). Lengths, form, labels and SHA-256 sums are checked.
 *
 * @throws InputError if the data set or the split does not exist, is not there, or is damaged
 */
export async function loadImages(options: {
  set: string;
  split: Split;
  directory?: string | undefined;
}): Promise<ImageSet> {
  if (options.split !== 'train' && options.split !== 'test') {
    throw new InputError(`unknown split "${options.split}" of ${options.set}: choose train or test`);
  }
  return loadSplit(findDataSet(options.set), options.split, dataDirectory(options.directory));
}

/** `loadImages` for any data set, listed or not. */
export async function loadSplit(set: DataSet, split: Split, directory: string): Promise<ImageSet> {
  const found = await locateAll(set, split, directory);
  const contents: Contents[] = [];
  for (const { file, location } of found) contents.push(await read(set, file, location));
  const pixels = concatenate(contents.map((part) => part.pixels));
  const classes = concatenate(contents.map((part) => part.classes));
  const { shape, name, classNames } = set;
  const count = pixels.length / (shape.height * shape.width * shape.channels);
  if (count !== classes.length) {
    throw new InputError(
      `${name}: ${count.toLocaleString('en')} ${split} images, but ${classes.length.toLocaleString('en')} labels`,
    );
  }
  const sha256 = Object.fromEntries(found.map(({ file }, i) => [file.name, contents[i]!.sha256]));
  return { name, split, count, shape, classNames, pixels, classes, sha256 };
}

async function locateAll(set: DataSet, split: Split, directory: string) {
  const found: { file: DataFile; location: DataLocation }[] = [];
  const missing: string[] = [];
  for (const file of set.files) {
    if (file.split !== split) continue;
    const location = await locate(set, file, directory);
    if (location) found.push({ file, location });
    else missing.push(file.name);
  }
  if (missing.length > 0) {
    throw new InputError(
      `${set.name}: ${missing.join(', ')} (plain or .gz) not found in ${directory}/${set.name}: run "apical data fetch ${set.name}", or name the folder that holds the data sets with --data-dir or APICAL_DATA`,
    );
  }
  return found;
}

async function read(set: DataSet, file: DataFile, location: DataLocation): Promise<Contents> {
  try {
    return await readContents(set, file, location);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const remedy =
      location.place === 'folder' ? `delete it, or run "apical data fetch ${set.name}"` : 'reinstall @apical/data';
    throw new InputError(`${error.message}; ${remedy}`, { cause: error });
  }
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
