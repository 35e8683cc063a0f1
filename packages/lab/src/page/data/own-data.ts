import { InputError, type RawInputs, sha256 } from '@apical/core';
import {
  type CsvOptions,
  isZip,
  listed,
  type NpyArray,
  type NumericArray,
  type NumericData,
  readCsv,
  readIdx,
  readNpyTexts,
} from '@apical/data';
import { type ClassColumn, chooseClassColumn, isPossibleClass } from './class-column.ts';
import { gunzip, isGzip } from './gzip.ts';
import { type AnyImages, imageShape } from './images.ts';
import { readNpzPair } from './npz.ts';
import { quote } from './shell-word.ts';
import { type NamedClasses, namedTexts, readNamedClasses } from './text-classes.ts';

/** How the names of data sets begin that were dropped on the page. */
export const ownPrefix = 'own: ';

/** A file of more bytes is refused before it is read: the page holds it several times. */
const mostBytes = 300_000_000;

/** Samples of one's own, and what there is to know of how they were read. */
export interface OwnData {
  readonly images: AnyImages;
  readonly notice?: string;
  /** The column that could be the class instead. */
  readonly otherColumn?: ClassColumn;
}

/** Numbers, a sample a row. */
export interface Table extends NumericArray {
  readonly source: string;
  readonly notice?: string;
  /** Classes by name that stand with them, or alone. */
  readonly named?: NamedClasses;
  /** The names of its columns, where it has any. */
  readonly header?: readonly string[];
  /** What the rows are as images, where the file says so. */
  readonly image?: AnyImages['shape'];
  /** Of the file, uncompressed. */
  readonly sha256?: string | undefined;
}

/**
 * Reads data of one's own: a table (CSV, NPY, Parquet) with the class in its first or last column; or samples and classes as two files, NPY,
 * IDX or CSV, gzipped or not, or in one archive, NPZ. Numbers that are whole and from 0 to 255 are kept as bytes, all others as float32: neither is rescaled.
 * Classes may be any whole numbers from 0 to 255; those that occur are the classes, called by their numbers. In tables they may be texts, too.
 *
 * @param column which column of a table is the class; by default the one that looks like it
 * @throws InputError that says what is wrong, and where
 */
export async function readOwnData(files: readonly File[], column?: ClassColumn): Promise<OwnData> {
  const { tables, samples, classes, target, remark, otherColumn } = await readParts(files, column);
  const [count = 0, ...shape] = samples.shape;
  const known = classes.named?.classes ?? classes.data;
  if (known.length !== count) {
    throw new InputError(`${samples.source} has ${count} samples, but ${classes.source} ${known.length} classes`);
  }
  if (count < 2)
    throw new InputError(
      `${samples.source}: ${count === 1 ? 'one sample is' : `${count} samples are`} too few to learn from`,
    );
  const { numbers, names } = readClasses(classes, samples.source);
  const pixels = inputsOf(samples);
  const inputs = pixels.length / count;
  const learned = { count, data: samples.data as NumericData, classes: numbers };
  const isTable = shape.length === 1 && inputs <= mostColumns && !samples.image;
  const images: AnyImages = {
    name: `${ownPrefix}${samples.source}`,
    split: 'train',
    count,
    shape: samples.image ?? imageShape(shape, inputs, samples.header),
    classNames: names,
    pixels,
    classes: numbers,
    sha256: { [samples.source]: await sha256(bytesOf(pixels)), [classes.source]: await sha256(numbers) },
    ...(isTable && { rows: { inputs, labels: names.length, classNames: names, train: learned } }),
    table: {
      target,
      found: {
        sha256: await digestOf(samples, classes),
        ...{ train: count, inputs, classes: [...names] },
        ...(samples.header && { columns: [...samples.header] }),
      },
    },
  };
  const remarks = [
    ...tables.map(({ notice }) => notice),
    ...[remark, classRemark(classes, names), scaleRemark(samples, pixels)],
  ].filter((each) => each !== undefined);
  return {
    images,
    ...(remarks.length > 0 && { notice: remarks.join('\n') }),
    ...(otherColumn && { otherColumn }),
  };
}

/** The sum that the command knows the data by: of a file its own, of two files that of both. */
async function digestOf(samples: Table, classes: Table): Promise<string> {
  const [first = '', second = ''] = [samples.sha256, classes.sha256];
  return first === second ? first : sha256(new TextEncoder().encode(`${first} ${second}`));
}

/** Samples and their classes, and the tables that they come from. @throws InputError where files have something else */
export async function readParts(
  files: readonly File[],
  column?: ClassColumn,
): Promise<Parts & { readonly tables: readonly Table[] }> {
  const tables = (await Promise.all(files.map(readSummed))).flat();
  const [first, second] = tables;
  if (tables.length > 2 || !first) {
    throw new InputError(
      `${tables.length} files: drop a table with the class in its first or last column, or samples and classes as two files`,
    );
  }
  return { tables, ...(second ? pair(first, second) : split(first, column)) };
}

async function readSummed(file: File): Promise<readonly Table[]> {
  const source = file.name;
  if (file.size > mostBytes) {
    throw new InputError(`${source}: ${Math.round(file.size / 1e6)} MB; the page takes up to ${mostBytes / 1e6} MB`);
  }
  const bytes = await readBytes(file);
  if (bytes.length === 0) throw new InputError(`${source}: is empty`);
  const tables = await readTables(bytes, source);
  const sum = await sha256(bytes);
  return tables.map((table) => ({ ...table, sha256: sum }));
}

/** What to say where images come as files. */
export const imageFiles =
  'the page reads no images in files or folders, but those in a column of a Parquet file, and arrays (.npy, IDX) of them; the command does: apical train --data FOLDER, apical evaluate RUN --data FOLDER';

/** The tables of a file: of an archive two, samples and classes. */
async function readTables(bytes: Uint8Array<ArrayBuffer>, source: string): Promise<readonly Table[]> {
  if (/\.npz(\.gz)?$/i.test(source)) {
    return (await readNpzPair(bytes, source)).map((array) => arrayTable(array, array.source));
  }
  if (isZip(bytes)) throw new InputError(`${source}: is an archive: unpack it, and drop the files in it`);
  const name = source.toLowerCase().replace(/\.gz$/, '');
  if (/\.(csv|tsv|txt)$/.test(name)) {
    return [readTable(bytes, source, name.endsWith('.tsv') ? { separator: '\t' } : {})];
  }
  if (name.endsWith('.npy')) return [arrayTable(readNpyTexts(bytes, source), source)];
  // What reads it is loaded only where it is needed.
  if (name.endsWith('.parquet')) return [await (await import('./parquet.ts')).readParquet(bytes, source)];
  if (/idx\d*(-[a-z0-9]+)?$|-ubyte$/.test(name)) {
    const { dimensions, values } = readIdx(bytes, source);
    return [{ shape: dimensions, data: values, source }];
  }
  if (/\.(png|jpe?g|gif|webp|bmp|tiff?)$/.test(name)) throw new InputError(`${source}: ${imageFiles}`);
  throw new InputError(
    `${source}: tables (.csv, .tsv, .txt, .parquet), NumPy (.npy, .npz) and IDX (…-ubyte) files can be read, and their .gz; configs (.json) and weights (.safetensors)`,
  );
}

/** An array of numbers, or of names of classes. */
function arrayTable(array: NpyArray, source: string): Table {
  const named = namedTexts(array, source);
  return named ? { shape: named.shape, data: named.data, source, named } : { ...array, source };
}

/** A table of numbers, or one with classes by name. */
function readTable(bytes: Uint8Array, source: string, options: CsvOptions): Table {
  try {
    const { shape, data, header, numericHeader } = readCsv(bytes, source, options);
    const notice = `${source}: line 1 (0, 1, 2, …) was taken for names of columns, as pandas writes them.`;
    return { shape, data, source, ...(header && { header }), ...(numericHeader && { notice }) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const named = readNamedClasses(bytes, source, options, error);
    return { shape: named.shape, data: named.data, source, named };
  }
}

export async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new InputError(`${file.name}: cannot be read; is it a folder? Drop the files in it`, { cause: error });
  }
  try {
    return isGzip(bytes) ? await gunzip(bytes) : bytes;
  } catch (error) {
    throw new InputError(`${file.name}: its gzip stream is not sound: ${(error as Error).message}`, { cause: error });
  }
}

/** What is learned, and of which classes it is. */
export interface Parts {
  readonly samples: Table;
  readonly classes: Table;
  /** What the command calls the column, or the file, that has the classes. */
  readonly target: string;
  /** How they were told apart, where that could be otherwise. */
  readonly remark?: string;
  readonly otherColumn?: ClassColumn;
}

/** Which of two files has the samples, and which the classes: the one with a number a sample. */
function pair(first: Table, second: Table): Parts {
  const single = (table: Table) =>
    table.named ? table.shape[1] === 0 : table.shape.slice(1).every((size) => size === 1);
  if (single(first) === single(second)) {
    throw new InputError(
      `${first.source} and ${second.source}: one must have a row of numbers a sample, the other its class`,
    );
  }
  const [samples, classes] = single(second) ? [first, second] : [second, first];
  return { samples, classes, target: classes.source };
}

/** A table of which one column is the class. */
function split(table: Table, wanted: ClassColumn | undefined): Parts {
  const { shape, data, source, named, header, sha256: sum } = table;
  if (named?.place !== undefined) {
    const { place, target = '', header } = named;
    const samples = { ...table, ...(header && { header }) };
    return { samples, classes: { ...table, source: `${source}, ${place}` }, target };
  }
  if (named) throw new InputError(`${source}: has classes only: drop it together with the file that has the samples`);
  const [rows = 0, columns = 0, ...more] = shape;
  if (more.length > 0 || columns < 2) {
    throw new InputError(
      `${source}: where are the classes? Drop a second file with them, or a table with the class in its first or last column`,
    );
  }
  const columnOf = (at: number) => Float64Array.from({ length: rows }, (_, i) => data[i * columns + at]!);
  const [first, last] = [columnOf(0), columnOf(columns - 1)];
  const { column, other } = chooseClassColumn(first, last, wanted);
  if (!isPossibleClass(column === 'first' ? first : last)) {
    const named = header?.at(-1) ?? 'COLUMN';
    const which = wanted ? `its ${wanted} column has no classes` : 'neither its first nor its last column has classes';
    throw new InputError(
      `${source}: ${which}, which are texts or whole numbers from 0 to 255; ${numbersAre(source, named)}`,
    );
  }
  const [at, inputs] = [column === 'first' ? 0 : columns - 1, columns - 1];
  const samples = Float64Array.from({ length: rows * inputs }, (_, i) => {
    const place = i % inputs;
    return data[Math.floor(i / inputs) * columns + (place < at ? place : place + 1)]!;
  });
  return {
    samples: {
      ...{ shape: [rows, inputs], data: samples, source, sha256: sum },
      ...(header && { header: header.filter((_, place) => place !== at) }),
    },
    classes: {
      ...{ shape: [rows], data: column === 'first' ? first : last, source: `${source}, ${column} column`, sha256: sum },
    },
    target: header?.[at] ?? String(at + 1),
    ...((other || column === 'last') && { remark: `${source}: its ${column} column is taken for the class.` }),
    ...(other && { otherColumn: other }),
  };
}

/** The classes that occur are numbered from 0 on, in their order. */
function readClasses(
  { data, source, named }: Table,
  samples: string,
): { numbers: Uint8Array<ArrayBuffer>; names: readonly string[] } {
  if (named && named.classNames.length > 1) return { numbers: Uint8Array.from(named.classes), names: named.classNames };
  if (named) throw allAlike(source, named.classNames[0]);
  const bad = data.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < 256));
  if (bad >= 0) {
    const what = `${data[bad]} of sample ${bad + 1} is no class, which is a text or a whole number from 0 to 255`;
    throw new InputError(`${source}: ${what}; ${numbersAre(samples, source)}`);
  }
  const occurring = [...new Set(data)].toSorted((a, b) => a - b);
  if (occurring.length === 1) throw allAlike(source, occurring[0]);
  const places = new Map(occurring.map((value, i) => [value, i]));
  return { numbers: Uint8Array.from(data, (value) => places.get(value)!), names: occurring.map(String) };
}

function allAlike(source: string, name: string | number | undefined): InputError {
  return new InputError(`${source}: all samples have class ${name}: there is nothing to tell apart`);
}

/** What to do with numbers that are no classes. @param target what the command calls them */
function numbersAre(samples: string, target: string): string {
  return `the page learns classes only; the command learns numbers, too: apical train --data ${quote(samples)} --target ${quote(target)}`;
}

/** What to know of classes that are not 0, 1, 2, … */
function classRemark({ source }: Table, names: readonly string[]): string | undefined {
  if (names.every((name, i) => name === String(i))) return undefined;
  return `${source}: the ${names.length} classes are ${listed(names)}.`;
}

/** The numbers as they are learned: as bytes where they are bytes, else as float32. @throws InputError for what is not finite */
function inputsOf({ data, source, shape }: Table): Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer> {
  const inputs = data.length / (shape[0] ?? 1);
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < data.length; i++) {
    const value = Math.fround(data[i]!);
    if (!Number.isFinite(value)) {
      throw new InputError(
        `${source}: ${data[i]} in sample ${Math.floor(i / inputs) + 1}, number ${(i % inputs) + 1}; every number must be finite, and a float32`,
      );
    }
    [least, most] = [Math.min(least, value), Math.max(most, value)];
    whole &&= Number.isInteger(data[i]!);
  }
  if (least === most) throw new InputError(`${source}: all numbers are ${data[0]}: there is nothing to learn from`);
  return whole && least >= 0 && most <= 255 ? Uint8Array.from(data) : Float32Array.from(data);
}

function bytesOf(pixels: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.byteLength);
}

/** Columns of which one is so many times as wide as another are said to be of other sizes: inputs are scaled alike, all of them. */
const otherSize = 30;
/** Only tables of so few columns, of numbers that are no bytes, have columns that mean something by themselves. */
const mostColumns = 100;

/** What to know of columns of other sizes: standardised by one mean and deviation, the small ones hardly count. */
function scaleRemark({ data, shape, source }: Table, pixels: RawInputs): string | undefined {
  const columns = data.length / (shape[0] ?? 1);
  if (pixels instanceof Uint8Array || columns > mostColumns || shape.length > 2) return undefined;
  const widths = Array.from({ length: columns }, (_, column) => {
    let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = column; i < data.length; i += columns)
      [least, most] = [Math.min(least, data[i]!), Math.max(most, data[i]!)];
    return { least, most, width: most - least, words: `number ${column + 1} from ${least} to ${most}` };
  });
  const varied = widths.filter(({ width }) => width > 0).toSorted((a, b) => a.width - b.width);
  const [narrow, wide] = [varied[0], varied.at(-1)];
  if (!narrow || !wide || wide.width < otherSize * narrow.width) return undefined;
  return `${source}: its numbers are of other sizes (${narrow.words}, ${wide.words}). Scaled alike, small ones hardly count: choose inputs that are standardised column by column.`;
}
