import { FailureError, InputError } from '@apical/core';
import { type Contents, OtherDataError } from './contents.ts';
import { dataDirectory } from './directory.ts';
import { assembleImages, type ImageSet } from './image-set.ts';
import { type DataLocation, locate } from './locate.ts';
import { readContents } from './read-contents.ts';
import type { DataFile, DataSet, Split } from './registry/data-set.ts';
import { findDataSet } from './registry/registry.ts';

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
  return assembleImages(
    set,
    split,
    found.map(({ file }, i) => ({ file, contents: contents[i]! })),
  );
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
      `${set.name}: ${missing.join(', ')} (plain or .gz) not found in ${directory}/${set.name}: run "apical data fetch ${set.name}", or name the folder that holds the data sets, torchvision's or Keras', too: --data-dir, APICAL_DATA or, in a program, the option directory`,
    );
  }
  return found;
}

async function read(set: DataSet, file: DataFile, location: DataLocation): Promise<Contents> {
  try {
    return await readContents(set, file, location);
  } catch (error) {
    if (!(error instanceof InputError) || error instanceof OtherDataError) throw error;
    const remedy =
      location.place === 'folder' ? `delete it, or run "apical data fetch ${set.name}"` : 'reinstall @apical/data';
    throw new FailureError(`${error.message}; ${remedy}`, { cause: error });
  }
}
