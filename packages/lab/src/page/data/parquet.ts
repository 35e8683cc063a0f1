import { InputError } from '@apical/core';
import { targetsOf } from '@apical/data';
import { openParquet, type ParquetFile, readInputs, readParquetTable } from '@apical/data/parquet';
import type { Table } from './own-data.ts';
import { mostClasses } from './text-classes.ts';

/**
 * A Parquet file as samples and classes: the column of texts, or of numbers that the file itself has names for, is the class; without such a
 * column it is a table of numbers.
 *
 * @throws InputError as the command's reader does, where several columns could be the class, and for images
 */
export async function readParquet(bytes: Uint8Array, source: string): Promise<Table> {
  const parquet = await open(bytes, source);
  const named = parquet.columns.filter(({ kind, classNames }) => kind === 'texts' || classNames !== undefined);
  const [target, ...others] = named.map(({ name }) => name);
  if (others.length > 0) {
    throw new InputError(`${source}: ${[target, ...others].join(', ')} could be the class: save it with one of them`);
  }
  if (target === undefined) {
    const { data, inputs } = await readInputs(parquet, parquet.columns, source, 'no columns', refuseImages);
    return { shape: [parquet.rows, inputs], data, source };
  }
  const table = await readParquetTable(parquet, target, source, refuseImages);
  const { classes, classNames } = targetsOf(table, 'classes');
  if (!classes || !classNames || classNames.length > mostClasses) {
    throw new InputError(`${source}: ${classNames?.length} classes; the page takes ${mostClasses}`);
  }
  const [shape, data] = [[table.rows, table.inputs], table.data] as const;
  return { shape, data, source, named: { shape, data, classes, classNames, place: `column ${target}` } };
}

/** A Parquet file of which one column is what a model tells. @throws InputError as the command's reader does, and for images */
export async function readLabelledParquet(bytes: Uint8Array, source: string, target: string) {
  return readParquetTable(await open(bytes, source), target, source, refuseImages);
}

function open(bytes: Uint8Array, source: string): Promise<ParquetFile> {
  const slice = async (start: number, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer;
  return openParquet({ byteLength: bytes.length, slice }, source);
}

/** Browsers decode JPEG each in their own way: the same file would be other samples. */
async function refuseImages(_: Uint8Array, source: string): Promise<never> {
  throw new InputError(`${source}: images in Parquet files are read by the command: apical train --data FILE`);
}
