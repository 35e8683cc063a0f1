import { InputError } from '@apical/core';
import { NarrowNumbers } from './formats/growing-numbers.ts';
import type { Image } from './formats/image.ts';
import { largest, type NumericArray } from './formats/numeric-array.ts';
import type { ParquetColumn, ParquetFile, Unreadable } from './formats/parquet.ts';
import { placeOfRow } from './formats/place-of-row.ts';
import { ImageRows, type ImageShape } from './image-rows.ts';

/** Numbers of a sample a row. */
export interface ParquetInputs {
  /** How many a row has, and the names of their columns, where it is not images. */
  readonly inputs: number;
  readonly names?: readonly string[];
  /** Row-major. */
  readonly data: NumericArray['data'];
  /** What the rows are as images, where they are. */
  readonly image?: ImageShape;
}

/** More numbers than this are not held at once. */
const mostNumbers = 2 ** 31;

/** Decodes the file of an image. @param source its name, for messages @throws InputError where it cannot */
export type ImageDecoder = (bytes: Uint8Array, source: string) => Promise<Image>;

/**
 * Reads columns as the inputs of samples.
 *
 * @param none what to say where there are none
 * @param decode of columns of images
 * @throws InputError for what is missing, or is neither numbers nor images
 */
export async function readInputs(
  parquet: ParquetFile,
  columns: readonly ParquetColumn[],
  path: string,
  none: string,
  decode: ImageDecoder,
): Promise<ParquetInputs> {
  if (columns.length === 0) throw new InputError(`${path}: has ${none}: there is nothing to learn it from`);
  if (parquet.rows === 0) throw new InputError(`${path}: has no rows`);
  const index = columns.find(({ isIndex }) => isIndex);
  if (index) {
    throw new InputError(
      `${path}: ${index.name} is the index that pandas writes, not numbers of the samples; save without it: to_parquet(index=False)`,
    );
  }
  const images = columns.find(({ kind }) => kind === 'images');
  if (images && columns.length === 1) return readImages(parquet, images, path, decode);
  const other = columns.find(({ kind }) => kind !== 'numbers' && kind !== 'truths');
  if (other) {
    const { name, kind } = other;
    if (typeof kind === 'object') throw unreadable(path, name, kind, 'inputs are numbers');
    throw new InputError(
      kind === 'images'
        ? `${path}: ${name} has images or bytes, and there are other columns: ${columns
            .filter((each) => each !== other)
            .map((each) => each.name)
            .join(', ')}: which are the inputs?`
        : `${path}: ${name} has ${kind}; inputs are numbers`,
    );
  }
  const inputs = columns.length;
  const count = parquet.rows * inputs;
  if (count > mostNumbers)
    throw new InputError(`${path}: has ${count.toLocaleString('en')} numbers: more than can be held`);
  const data = new NarrowNumbers(count);
  for (const [j, column] of columns.entries()) {
    const { name } = column;
    await parquet.readNumbers(column, (values, first) => {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]!;
        if (Math.abs(value) < largest) continue;
        throw new InputError(
          `${placeOfRow(first + i)}: ${name} is ${value}; ${Number.isFinite(value) ? 'float32 holds numbers up to 3.4e38' : 'every number must be finite'}`,
        );
      }
      data.set(values, first * inputs + j, inputs);
    });
  }
  return { inputs, names: columns.map(({ name }) => name), data: data.numbers };
}

/** What to say of a column that cannot be read. @param wanted what can */
export function unreadable(path: string, name: string, kind: Unreadable, wanted: string): InputError {
  const remedy = kind.remedy === undefined ? '' : `: ${kind.remedy}`;
  return new InputError(`${path}: ${name} has ${kind.unreadable}; ${wanted}${remedy}`);
}

async function readImages(
  parquet: ParquetFile,
  column: ParquetColumn,
  path: string,
  decode: ImageDecoder,
): Promise<ParquetInputs> {
  const files = new Array<Uint8Array>(parquet.rows);
  const { name } = column;
  await parquet.read(column, (value, row) => {
    if (!(value instanceof Uint8Array))
      throw new InputError(`${placeOfRow(row)}: ${name} is missing; fill it in, or leave the row out`);
    files[row] = value;
  });
  const rows = new ImageRows(files.length);
  for (const [row, bytes] of files.entries()) {
    const source = `${path}: ${placeOfRow(row)}: ${name}`;
    rows.set(row, await decode(bytes, source), source);
  }
  const { data, image } = rows.rows;
  return { inputs: data.length / files.length, data, image };
}
