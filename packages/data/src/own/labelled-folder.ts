import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '@apical/core';
import { readImage } from '../formats/image.ts';
import { ImageRows, type ImageShape } from '../image-rows.ts';
import { folderTarget } from './folder-target.ts';
import type { LabelledTable } from './labelled-table.ts';

/** Files that systems leave behind, which are none of anybody's data. */
const left = /^(\.|(thumbs\.db|desktop\.ini|__macosx|@eadir|lost\+found|\$recycle\.bin|system volume information)$)/i;

/**
 * Reads a folder of images, in which each class has a folder of its own: PNG or JPEG files, all of one size (see `readImage`). Classes and,
 * within each, images are in the order of their names.
 *
 * @throws InputError for a folder that has something else in it, an image that cannot be read or is not as the others are; the system's
 *   error where something cannot be read
 */
export async function loadLabelledFolder(path: string): Promise<LabelledTable> {
  const files: string[] = [];
  const classes: string[] = [];
  for (const name of await namesIn(path)) {
    const folder = join(path, name);
    if (!(await stat(folder)).isDirectory()) {
      throw new InputError(
        `${folder}: stands beside the folders of classes: in ${path}, each class has a folder of its own, and nothing else is there`,
      );
    }
    const images = await namesIn(folder);
    if (images.length === 0) throw new InputError(`${folder}: has no images`);
    for (const image of images) {
      files.push(join(name, image));
      classes.push(name);
    }
  }
  if (files.length === 0) throw new InputError(`${path}: has no folders of images in it, a class each`);
  const { rows, sha256 } = await readImages(path, files);
  const { data, image } = rows;
  const classNames = [...new Set(classes)];
  const codes = new Map(classNames.map((name, code) => [name, code]));
  return {
    path,
    rows: files.length,
    inputs: data.length / files.length,
    data,
    image,
    target: folderTarget,
    values: { kinds: classNames, codes: Uint16Array.from(classes, (name) => codes.get(name)!) },
    classNames,
    placeOf: (row) => files[row]!,
    sha256,
  };
}

/** Images of a folder, whose classes are not asked for. */
export interface ImageFolder {
  readonly count: number;
  readonly inputs: number;
  readonly data: Uint8Array;
  readonly image: ImageShape;
  readonly sha256: string;
}

/**
 * Reads the images of a folder, which lie in it, in the order of their names, or in folders of classes: see `loadLabelledFolder`.
 * @throws InputError as that does
 */
export async function loadImageFolder(path: string): Promise<ImageFolder> {
  const names = await namesIn(path);
  const [first] = names;
  if (first === undefined) throw new InputError(`${path}: has no images`);
  if ((await stat(join(path, first))).isDirectory()) {
    const { rows, data, image, ...folder } = await loadLabelledFolder(path);
    return { ...folder, count: rows, data: data as Uint8Array, image: image! };
  }
  const { rows, sha256 } = await readImages(path, names);
  const { data, image } = rows;
  return { count: names.length, inputs: data.length / names.length, data, image, sha256 };
}

async function readImages(
  path: string,
  files: readonly string[],
): Promise<{ rows: ImageRows['rows']; sha256: string }> {
  const rows = new ImageRows(files.length);
  const hash = createHash('sha256');
  for (const [row, name] of files.entries()) {
    const file = join(path, name);
    const found = await stat(file);
    if (found.isDirectory() && dirname(name) === '.') throw new InputError(`${file}: is a folder, beside images`);
    if (found.isDirectory())
      throw new InputError(
        `${file}: is a folder; in ${path}, each folder is a class, and has images only. Is ${join(path, dirname(name))} the folder of classes?`,
      );
    if (!found.isFile()) throw new InputError(`${file}: is no file`);
    const bytes = await readFile(file);
    rows.set(row, await readImage(bytes, file), file);
    hash.update(`${JSON.stringify(name.replaceAll('\\', '/'))} ${createHash('sha256').update(bytes).digest('hex')}\n`);
  }
  return { rows: rows.rows, sha256: hash.digest('hex') };
}

/** What is in a folder, in the order of the names, but for what systems leave behind. */
async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !left.test(name)).sort((a, b) => (a < b ? -1 : Number(a > b)));
}
