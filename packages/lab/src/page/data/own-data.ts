import { InputError, sha256 } from '@apical/core';
import { type ImageSet, type NumericArray, readCsv, readIdx, readNpy } from '@apical/data';
import { gunzip, isGzip } from './gzip.ts';

/** How the names of data sets begin that were dropped on the page. */
export const ownPrefix = 'own: ';

/** A file of more bytes is refused before it is read: the page holds it several times. */
const mostBytes = 300_000_000;

/** Images of one's own, and what had to be done to the numbers. */
export interface OwnData {
  readonly images: ImageSet;
  readonly notice?: string;
}

/** Numbers, a sample a row. */
interface Table extends NumericArray {
  readonly source: string;
  readonly notice?: string;
}

/**
 * Reads data of one's own: a CSV file with the class in the first column; or samples and classes as two files, NPY or IDX, gzipped
 * or not. Numbers that are whole and from 0 to 255 are kept; others are rounded to 256 levels between the least and the largest.
 *
 * @throws InputError that says what is wrong, and where
 */
export async function readOwnData(files: readonly File[]): Promise<OwnData> {
  const tables = await Promise.all(files.map(readTable));
  const [first, second] = tables;
  if (tables.length > 2 || !first) {
    throw new InputError(
      `${tables.length} files: drop a CSV file with the class in its first column, or samples and classes as two files`,
    );
  }
  const { samples, classes } = second ? pair(first, second) : split(first);
  const [count = 0, ...shape] = samples.shape;
  if (classes.data.length !== count) {
    throw new InputError(
      `${samples.source} has ${count} samples, but ${classes.source} ${classes.data.length} classes`,
    );
  }
  if (count < 2) throw new InputError(`${samples.source}: ${count} samples are too few to learn from`);
  const numbers = checkClasses(classes);
  const { pixels, notice: rounded } = asBytes(samples);
  const inputs = pixels.length / count;
  const images: ImageSet = {
    name: `${ownPrefix}${samples.source}`,
    split: 'train',
    count,
    shape: imageShape(shape, inputs),
    classNames: Array.from({ length: Math.max(...numbers) + 1 }, (_, i) => String(i)),
    pixels,
    classes: numbers,
    sha256: { [samples.source]: await sha256(pixels), [classes.source]: await sha256(numbers) },
  };
  const notices = [...tables.flatMap(({ notice }) => notice ?? []), ...(rounded === undefined ? [] : [rounded])];
  return notices.length === 0 ? { images } : { images, notice: notices.join(' ') };
}

async function readTable(file: File): Promise<Table> {
  const source = file.name;
  if (file.size > mostBytes) {
    throw new InputError(`${source}: ${Math.round(file.size / 1e6)} MB; the page takes up to ${mostBytes / 1e6} MB`);
  }
  const bytes = await readBytes(file);
  if (bytes.length === 0) throw new InputError(`${source}: is empty`);
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) {
    throw new InputError(`${source}: is an archive: unpack it, and drop the files in it`);
  }
  const name = source.toLowerCase().replace(/\.gz$/, '');
  if (/\.(csv|tsv|txt)$/.test(name)) {
    const { shape, data, numericHeader } = readCsv(bytes, source, name.endsWith('.tsv') ? { separator: '\t' } : {});
    const notice = `${source}: line 1 (0, 1, 2, …) was taken for names of columns, as pandas writes them.`;
    return { shape, data, source, ...(numericHeader && { notice }) };
  }
  if (name.endsWith('.npy')) return { ...readNpy(bytes, source), source };
  if (/idx\d*(-[a-z0-9]+)?$|-ubyte$/.test(name)) {
    const { dimensions, values } = readIdx(bytes, source);
    return { shape: dimensions, data: values, source };
  }
  throw new InputError(
    `${source}: tables (.csv, .tsv, .txt), NumPy (.npy) and IDX (…-ubyte) files can be read, and their .gz; configs (.json) and weights (.safetensors)`,
  );
}

async function readBytes(file: File): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new InputError(`${file.name}: cannot be read; is it a folder? Drop the files in it`, { cause: error });
  }
  try {
    return isGzip(bytes) ? await gunzip(bytes) : bytes;
  } catch (error) {
    throw new InputError(`${file.name}: its gzip stream is corrupt`, { cause: error });
  }
}

/** Which of two files has the samples, and which the classes: the one with a number a sample. */
function pair(first: Table, second: Table): { samples: Table; classes: Table } {
  const single = (table: Table) => table.shape.slice(1).every((size) => size === 1);
  if (single(first) === single(second)) {
    throw new InputError(
      `${first.source} and ${second.source}: one must have a row of numbers a sample, the other its class`,
    );
  }
  return single(second) ? { samples: first, classes: second } : { samples: second, classes: first };
}

/** A table whose first column is the class. */
function split({ shape, data, source }: Table): { samples: Table; classes: Table } {
  const [rows = 0, columns = 0, ...more] = shape;
  if (more.length > 0 || columns < 2) {
    throw new InputError(
      `${source}: where are the classes? Drop a second file with them, or a table with the class in its first column`,
    );
  }
  const inputs = columns - 1;
  const samples = Float64Array.from(
    { length: rows * inputs },
    (_, i) => data[Math.floor(i / inputs) * columns + 1 + (i % inputs)]!,
  );
  const classes = Float64Array.from({ length: rows }, (_, i) => data[i * columns]!);
  return {
    samples: { shape: [rows, inputs], data: samples, source },
    classes: { shape: [rows], data: classes, source: `${source}, first column` },
  };
}

function checkClasses({ data, source }: Table): Uint8Array<ArrayBuffer> {
  const bad = data.findIndex((value) => !(Number.isInteger(value) && value >= 0 && value < 256));
  if (bad >= 0) {
    throw new InputError(`${source}: class ${data[bad]} of sample ${bad + 1} is no whole number from 0 to 255`);
  }
  const classes = Uint8Array.from(data);
  if (classes.every((value) => value === classes[0])) {
    throw new InputError(`${source}: all samples have class ${classes[0]}: there is nothing to tell apart`);
  }
  return classes;
}

/** The numbers as bytes. */
function asBytes({ data, source, shape }: Table): { pixels: Uint8Array<ArrayBuffer>; notice?: string } {
  const inputs = data.length / (shape[0] ?? 1);
  let [least, most, whole] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, true];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!Number.isFinite(value)) {
      throw new InputError(
        `${source}: ${value} in sample ${Math.floor(i / inputs) + 1}, number ${(i % inputs) + 1}; every number must be finite`,
      );
    }
    [least, most] = [Math.min(least, value), Math.max(most, value)];
    whole &&= Number.isInteger(value);
  }
  if (least === most) throw new InputError(`${source}: all numbers are ${least}: there is nothing to learn from`);
  if (whole && least >= 0 && most <= 255) return { pixels: Uint8Array.from(data) };
  const factor = 255 / (most - least);
  return {
    pixels: Uint8Array.from(data, (value) => Math.round((value - least) * factor)),
    notice: `${source}: numbers from ${least} to ${most} were rounded to 256 levels.`,
  };
}

/** How the numbers of a sample are shown: as the image that they are, or as a square where that goes, or else in a row. */
function imageShape(shape: readonly number[], inputs: number): ImageSet['shape'] {
  const [height, width] = shape;
  if (shape.length === 2 && height !== undefined && width !== undefined) return { height, width, channels: 1 };
  const side = Math.sqrt(inputs);
  return Number.isInteger(side)
    ? { height: side, width: side, channels: 1 }
    : { height: 1, width: inputs, channels: 1 };
}
