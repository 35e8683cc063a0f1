import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { shippedDirectory } from './directory.ts';
import { fileProblem } from './file-problem.ts';
import { isGzip } from './formats/gzip.ts';
import type { DataFile, DataSet, OtherFile } from './registry/data-set.ts';
import { isLabels } from './registry/labels.ts';

/** Where a file of a data set lies. */
export interface DataLocation {
  readonly path: string;
  /** Its length on disk. */
  readonly bytes: number;
  readonly compressed: boolean;
  /** Whether it lies in the data folder or ships with this package. */
  readonly place: 'folder' | 'package';
  /** What file of another program it is, if it is none of the authors'. */
  readonly other?: OtherFile;
}

/**
 * Finds a file of a data set, plain or gzipped: in the data folder, by its official name in a folder of the data set's name; else as other
 * programs leave it there (see `searchFolders`); else in what ships with this package.
 */
export async function locate(set: DataSet, file: DataFile, directory: string): Promise<DataLocation | undefined> {
  return (
    (await official(set, file, directory, 'folder')) ??
    (await elsewhere(set, file, directory)) ??
    (await official(set, file, shippedDirectory, 'package'))
  );
}

async function official(
  set: DataSet,
  file: DataFile,
  directory: string,
  place: DataLocation['place'],
): Promise<DataLocation | undefined> {
  for (const compressed of [false, true]) {
    const path = join(directory, set.name, compressed ? `${file.name}.gz` : file.name);
    const bytes = await fileLength(path);
    if (bytes !== undefined) return { path, bytes, compressed, place };
  }
  return undefined;
}

async function elsewhere(set: DataSet, file: DataFile, directory: string): Promise<DataLocation | undefined> {
  const names = new Map<string, OtherFile | undefined>([
    [plain(file.name), undefined],
    ...(file.others ?? []).map((other): [string, OtherFile] => [plain(other.name), other]),
  ]);
  for (const { path: folder, isNamed } of await searchFolders(set, directory)) {
    const entries = await entriesOf(folder);
    for (const [name, other] of names) {
      const found = entries.find(({ isFile, plainName }) => isFile && plainName === name);
      if (!found) continue;
      const path = join(folder, found.name);
      if (!isNamed && !isUnmistakable(name, other) && !(await isOfSet(set, file, folder))) continue;
      const bytes = await fileLength(path);
      if (bytes === undefined) continue;
      const compressed = /\.gz$/i.test(found.name);
      return { path, bytes, compressed, place: 'folder', ...(other && { other }) };
    }
  }
  return undefined;
}

/** A folder in which files may lie, and whether a folder on the way is named after the data set. */
interface SearchedFolder {
  readonly path: string;
  readonly isNamed: boolean;
}

/** Folders that say nothing of what is in them: Keras keeps its data sets in `datasets`, torchvision the files of a set in `raw`, the Hub those of CIFAR-10 in `plain_text`. */
const plainFolders: ReadonlySet<string> = new Set(['raw', 'datasets', 'data', 'plain-text']);
const deepest = 4;

/**
 * The data folder, and folders in it that other programs give a data set: named after it, such as torchvision's `MNIST/raw` or CIFAR's
 * `cifar-10-batches-bin`; after the file that they hold, as unpackers do; or plainly.
 */
async function searchFolders(set: DataSet, directory: string): Promise<SearchedFolder[]> {
  const own = new Set([set.name, ...(set.folders ?? [])].map(plain));
  const ofFiles = new Set(set.files.map(({ name }) => plain(name)));
  const isNamed = directory
    .split(sep)
    .slice(-2)
    .some((part) => own.has(plain(part)));
  const found: SearchedFolder[] = [{ path: directory, isNamed }];
  for (let depth = 1, level = found; depth <= deepest && level.length > 0; depth++) {
    const below: SearchedFolder[] = [];
    for (const folder of level) {
      for (const { name, plainName, isFile } of await entriesOf(folder.path)) {
        const isOwn = own.has(plainName);
        if (isFile || !(isOwn || plainFolders.has(plainName) || ofFiles.has(plainName))) continue;
        below.push({ path: join(folder.path, name), isNamed: folder.isNamed || isOwn });
      }
    }
    found.push(...below);
    level = below;
  }
  return found;
}

interface Entry {
  readonly name: string;
  readonly plainName: string;
  readonly isFile: boolean;
}

/** Those of a folder by name; none where it is none, or may not be read. */
async function entriesOf(folder: string): Promise<Entry[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    const known = await Promise.all(
      entries.map(async (entry) => {
        const kind = entry.isSymbolicLink() ? await stat(join(folder, entry.name)).catch(() => undefined) : entry;
        return {
          name: entry.name,
          plainName: plain(entry.name),
          isFile: kind?.isFile() ?? false,
          isFolder: kind?.isDirectory(),
        };
      }),
    );
    return known.filter(({ isFile, isFolder }) => isFile || isFolder).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** A name as it is the same in all spellings: train-images.idx3-ubyte.gz is train-images-idx3-ubyte. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.gz$/, '')
    .replace(/[._\s]/g, '-');
}

/** Whether no other data set has files of the name: MNIST's are those of several. */
function isUnmistakable(name: string, other: OtherFile | undefined): boolean {
  if (other) return other.form === 'npz' || (other.form === 'pickle' && /\d/.test(name));
  return !/^(train|t10k)-/.test(name) && !/^(train|test)-bin$/.test(name);
}

/** Whether labels that lie beside a file are those of the data set, by their SHA-256 sum. */
async function isOfSet(set: DataSet, { split }: DataFile, folder: string): Promise<boolean> {
  const labels = set.files.find((each) => each.split === split && isLabels(each));
  const entry = labels && (await entriesOf(folder)).find(({ plainName }) => plainName === plain(labels.name));
  if (!labels?.sha256 || !entry?.isFile) return false;
  try {
    const bytes = await readFile(join(folder, entry.name));
    const unpacked = isGzip(bytes) ? gunzipSync(bytes, { maxOutputLength: labels.bytes + 1 }) : bytes;
    return createHash('sha256').update(unpacked).digest('hex') === labels.sha256;
  } catch {
    return false;
  }
}

/** The length of a file, undefined if there is none, or a folder. @throws InputError if it cannot be known */
export async function fileLength(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? undefined : found.size;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw fileProblem(error, path, 'read');
  }
}
