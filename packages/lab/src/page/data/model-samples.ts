import { InputError, type ModelNotes, sha256 } from '@apical/core';
import {
  checkImages,
  classesOf,
  divide,
  holdOut,
  type LabelledTable,
  type NumericData,
  orderColumns,
  separatorNames,
  type WantedColumns,
} from '@apical/data';
import { type NumberRows, ownPath, type RunConfig } from '@apical/experiments';
import { type AnyImages, imageShape, imagesOfRows } from './images.ts';
import { readLabelledFiles } from './labelled-files.ts';
import { type OpenTable, openFile, readBytes, type TableOptions } from './opened-files.ts';
import { ownPrefix } from './own-data.ts';

/** What a model that learned data of one's own knows of them. */
export interface ModelOfOwn extends ModelNotes {
  readonly file: string;
  readonly data: RunConfig['data'];
}

/** Rows of numbers, and the class of each as the model numbers them. */
interface KnownRows {
  readonly source: string;
  readonly shape: readonly number[];
  /** Of the columns, where they have any. */
  readonly names?: readonly string[] | undefined;
  readonly image?: LabelledTable['image'] | undefined;
  readonly data: NumericData;
  readonly classes: Uint8Array<ArrayBuffer>;
  /** What is held out. */
  readonly test?: NumberRows['test'];
  /** Why the command does not learn these files. */
  readonly noCommand?: string | undefined;
}

/**
 * Samples of one's own as a model takes them that learned such: to be prepared by what was learned, with its classes, by one mapping as
 * `apical evaluate` does it.
 *
 * @throws InputError for data that cannot be read, are not like those that were learned, or have other classes
 */
export async function readForModel(files: readonly File[], model: ModelOfOwn): Promise<AnyImages> {
  const { file, data, preprocessing, classNames } = model;
  if (!preprocessing || !classNames) {
    throw new InputError(
      `${file}: learned numbers, or does not say how: of data of one's own the page shows networks that tell classes`,
    );
  }
  const read = await readLearned(files, file, data, classNames);
  return { ...(await imagesOf(read, data, classNames)), prepared: { preprocessing, inputs: data.inputs } };
}

/** Whether the files are what a run learned, by their SHA-256 sums; of an archive, whether it learned the arrays that the page reads. */
export async function isLearned(files: readonly File[], { set, table }: RunConfig['data']): Promise<boolean> {
  const known = table?.found?.sha256;
  const member = memberOf(set);
  if (member !== undefined) {
    const opened = await Promise.all(files.map((file) => openFile(file)));
    if (!opened.flat().some(({ source }) => memberOf(source) === member)) return false;
  }
  const sums = await Promise.all(files.map(async (each) => sha256(await readBytes(each))));
  const pairs = await Promise.all([sums, sums.toReversed()].map((pair) => sha256(textBytes(pair.join(' ')))));
  return known !== undefined && (sums.length === 1 ? sums : pairs).includes(known);
}

/**
 * The samples that the config of a run learns, and those that it holds out, as the command reads and parts them.
 *
 * @throws InputError as `readForModel`, and for other files than those that the run learned
 */
export async function readForConfig(files: readonly File[], file: string, data: RunConfig['data']): Promise<AnyImages> {
  const { found, holdOut: share, seed = 1, header, separator } = data.table ?? {};
  const { classes: classNames = [] } = found ?? {};
  if (!(await isLearned(files, data))) {
    const names = files.map(({ name }) => name).join(' and ');
    throw new InputError(`${names}: not what ${file} learns, ${ownPath(data.set)}, or changed since (SHA-256 sums)`);
  }
  const between = separator === undefined ? undefined : separatorNames[separator];
  const read = await readLearned(files, file, data, classNames, { header, separator: between });
  if (share === undefined) return imagesOf(read, data, classNames);
  const classes = Uint16Array.from(read.classes);
  const { train, test } = divide({ count: classes.length, data: read.data, classes }, holdOut(classes, share, seed));
  return imagesOf({ ...read, data: train.data, classes: Uint8Array.from(train.classes!), test }, data, classNames);
}

/** The array of an archive that a path names. */
function memberOf(path: string): string | undefined {
  return /\.npz(?:\.gz)?:(.*)$/i.exec(path)?.[1];
}

function textBytes(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** Rows of numbers with the columns that were learned, in that order. */
async function readLearned(
  files: readonly File[],
  file: string,
  data: RunConfig['data'],
  classNames: readonly string[],
  options: TableOptions = {},
): Promise<KnownRows> {
  const read = await readRows(files, classNames, data, options);
  const { source, names, image, data: rows, classes } = read;
  const { found } = data.table ?? {};
  checkImages(source, image, found?.image, `${file} learned`);
  orderColumns({ path: source, names, data: rows }, found?.columns, `${file} learned`);
  const inputs = rows.length / classes.length;
  const { inputs: learned = inputs } = found ?? {};
  if (inputs === learned) return read;
  throw new InputError(`${source}: ${inputs} inputs beside the class, but ${file} takes ${learned}`);
}

async function imagesOf(
  { source, shape, image, data: rows, classes, test, noCommand }: KnownRows,
  { table }: RunConfig['data'],
  classNames: readonly string[],
): Promise<AnyImages> {
  const count = classes.length;
  const inputs = rows.length / count;
  const known = {
    inputs,
    labels: classNames.length,
    classNames,
    train: { count, data: rows, classes },
    ...(test && { test }),
  };
  const pixels = Float32Array.from(rows);
  return {
    ...imagesOfRows(`${ownPrefix}${source}`, known, await sha256(new Uint8Array(pixels.buffer))),
    shape: image ?? imageShape(shape.slice(1), inputs, table?.found?.columns),
    ...(table && { table }),
    ...(noCommand !== undefined && { noCommand: `The command ${noCommand}.` }),
  };
}

async function readRows(
  files: readonly File[],
  classNames: readonly string[],
  { table }: RunConfig['data'],
  options: TableOptions,
): Promise<KnownRows> {
  const [first] = files;
  const isTable = files.length === 1 && first && /\.((csv|tsv|txt)(\.gz)?|parquet)$/i.test(first.name);
  const wanted = isTable &&
    table?.target !== undefined && { target: table.target, targetNames: table.found?.targetColumns };
  const read = wanted ? await readTable(first, wanted, options) : await readLabelledFiles(files);
  const { path: source, rows, names, image, data, values, target } = read.table;
  if ('labels' in values) {
    throw new InputError(`${source}: ${target} are several columns: the page shows networks that tell classes`);
  }
  const classes = Uint8Array.from(classesOf(read.table, classNames));
  const noCommand = 'noCommand' in read ? read.noCommand : undefined;
  return { source, shape: [rows, ...read.dimensions], names, image, data, classes, noCommand };
}

/** A table of which one column is what the model tells. */
async function readTable(file: File, wanted: WantedColumns, options: TableOptions) {
  const [opened] = await openFile(file, options);
  const table = await (opened as OpenTable).labelled(wanted);
  return { table, dimensions: [table.inputs] };
}
