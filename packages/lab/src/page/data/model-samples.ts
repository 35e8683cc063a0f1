import { InputError, type ModelNotes, sha256 } from '@apical/core';
import {
  type CsvOptions,
  checkImages,
  classesOf,
  divide,
  holdOut,
  type LabelledTable,
  type NumericData,
  orderColumns,
  readCsv,
  separatorNames,
} from '@apical/data';
import { ownPath, type RunConfig } from '@apical/experiments';
import { type AnyImages, imageShape, imagesOfRows } from './images.ts';
import { ownPrefix, readBytes, readParts } from './own-data.ts';

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

/**
 * The samples that the config of a run learns, as the command reads them; without what it holds out.
 *
 * @throws InputError as `readForModel`, and for other files than those that the run learned
 */
export async function readForConfig(files: readonly File[], file: string, data: RunConfig['data']): Promise<AnyImages> {
  const { found, holdOut: share, seed = 1, header, separator } = data.table ?? {};
  const { classes: classNames = [], sha256: known } = found ?? {};
  const sums = await Promise.all(files.map(async (each) => sha256(await readBytes(each))));
  const pairs = await Promise.all([sums, sums.toReversed()].map((pair) => sha256(textBytes(pair.join(' ')))));
  if (known === undefined || !(sums.length === 1 ? sums : pairs).includes(known)) {
    const names = files.map(({ name }) => name).join(' and ');
    throw new InputError(`${names}: not what ${file} learns, ${ownPath(data.set)}, or changed since (SHA-256 sums)`);
  }
  const between = separator === undefined ? undefined : separatorNames[separator];
  const read = await readLearned(files, file, data, classNames, { header, separator: between });
  if (share === undefined) return imagesOf(read, data, classNames);
  const classes = Uint16Array.from(read.classes);
  const { train } = divide({ count: classes.length, data: read.data, classes }, holdOut(classes, share, seed));
  return imagesOf({ ...read, data: train.data, classes: Uint8Array.from(train.classes!) }, data, classNames);
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
  { source, shape, image, data: rows, classes }: KnownRows,
  { table }: RunConfig['data'],
  classNames: readonly string[],
): Promise<AnyImages> {
  const count = classes.length;
  const inputs = rows.length / count;
  const known = { inputs, labels: classNames.length, classNames, train: { count, data: rows, classes } };
  const pixels = Float32Array.from(rows);
  return {
    ...imagesOfRows(`${ownPrefix}${source}`, known, await sha256(new Uint8Array(pixels.buffer))),
    shape: image ?? imageShape(shape.slice(1), inputs, table?.found?.columns),
    ...(table && { table }),
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
  if (isTable && table?.target !== undefined) {
    return readTable(first, classNames, {
      ...{ target: table.target, targetNames: table.found?.targetColumns },
      ...options,
    });
  }
  const { samples, classes } = await readParts(files);
  const { named } = classes;
  const names = named
    ? Array.from(named.classes, (at) => named.classNames[at]!)
    : Array.from(classes.data, (value) => String(value));
  const { source, shape, header, data } = samples;
  return { source, shape, names: header, data, classes: numbered(names, classNames, classes.source) };
}

/** How a table is read where that was said. */
type TableOptions = Pick<CsvOptions, 'header' | 'separator'>;

/** A column that a model tells, and what it was called in the table that was learned. */
type Wanted = TableOptions & Pick<CsvOptions, 'targetNames'> & { readonly target: string };

/** A table of which one column is what the model tells. */
async function readTable(file: File, classNames: readonly string[], wanted: Wanted): Promise<KnownRows> {
  const { path: source, rows, inputs, data, names, image, ...labelled } = await readLabelled(file, wanted);
  const { values, target } = labelled;
  if ('labels' in values) {
    throw new InputError(`${source}: ${target} are several columns: the page shows networks that tell classes`);
  }
  const classes = classesOf({ path: source, rows, ...labelled }, classNames);
  return { source, shape: [rows, inputs], names, image, data, classes: Uint8Array.from(classes) };
}

/** A table in CSV or Parquet. */
async function readLabelled(file: File, wanted: Wanted): Promise<Omit<LabelledTable, 'sha256'>> {
  const source = file.name;
  const bytes = await readBytes(file);
  if (/\.parquet$/i.test(source)) return (await import('./parquet.ts')).readLabelledParquet(bytes, source, wanted);
  const separator = wanted.separator ?? (/\.tsv(\.gz)?$/i.test(source) ? ('\t' as const) : undefined);
  const { shape, data, header, firstLine, target: learned } = readCsv(bytes, source, { ...wanted, separator });
  const { cells, names, numbers } = learned!;
  return {
    path: source,
    ...{ rows: shape[0]!, inputs: shape[1]!, data },
    ...(header && { names: header }),
    target: names.join(', '),
    values: cells ?? { labels: numbers!, columns: names.length },
    placeOf: (row) => `line ${firstLine + row}`,
  };
}

function numbered(names: readonly string[], known: readonly string[], source: string): Uint8Array<ArrayBuffer> {
  const places = new Map(known.map((name, place) => [name, place]));
  return Uint8Array.from(names, (name, row) => {
    const place = places.get(name);
    if (place !== undefined) return place;
    throw new InputError(`${source}: sample ${row + 1} is ${name}, and the classes are ${known.join(', ')}`);
  });
}
