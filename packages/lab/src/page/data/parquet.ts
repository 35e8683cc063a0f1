import { InputError } from '@apical/core';
import { targetsOf } from '@apical/data';
import { openParquet, type ParquetColumn, type ParquetFile, readInputs, readParquetTable } from '@apical/data/parquet';
import type { Table } from './own-data.ts';
import { decodePng } from './png.ts';
import { mostClasses } from './text-classes.ts';

/**
 * A Parquet file as samples and classes: the column of texts, or of numbers that the file itself has names for, is the class, or what stands
 * beside images; without such a column it is a table of numbers.
 *
 * @throws InputError as the command's reader does, and where several columns could be the class
 */
export async function readParquet(bytes: Uint8Array, source: string): Promise<Table> {
  const parquet = await open(bytes, source);
  const [target, ...others] = classColumns(parquet).map(({ name }) => name);
  if (others.length > 0) {
    throw new InputError(`${source}: ${[target, ...others].join(', ')} could be the class: save it with one of them`);
  }
  if (target === undefined) {
    const { data, inputs } = await readInputs(parquet, parquet.columns, source, 'no columns', decodePng);
    return { shape: [parquet.rows, inputs], data, source };
  }
  const table = await readParquetTable(parquet, { target }, source, decodePng);
  const { classes, classNames } = targetsOf(table, 'classes');
  if (!classes || !classNames || classNames.length > mostClasses) {
    throw new InputError(`${source}: ${classNames?.length} classes; the page takes ${mostClasses}`);
  }
  const [shape, data] = [[table.rows, table.inputs], table.data] as const;
  const { image } = table;
  return {
    shape,
    data,
    source,
    ...(image && { image }),
    named: { shape, data, classes, classNames, place: `column ${target}`, target, header: table.names },
  };
}

/** A Parquet file of which one column is what a model tells. @throws InputError as the command's reader does */
export async function readLabelledParquet(
  bytes: Uint8Array,
  source: string,
  wanted: Parameters<typeof readParquetTable>[1],
) {
  return readParquetTable(await open(bytes, source), wanted, source, decodePng);
}

/** The columns that could be the class, and are no inputs. */
function classColumns({ columns }: ParquetFile): readonly ParquetColumn[] {
  const named = columns.filter(
    ({ kind, classNames, isIndex }) => !isIndex && (kind === 'texts' || classNames !== undefined),
  );
  const hasImages = columns.some(({ kind }) => kind === 'images');
  return named.length > 0 || !hasImages ? named : columns.filter(({ kind }) => kind !== 'images');
}

function open(bytes: Uint8Array, source: string): Promise<ParquetFile> {
  const slice = async (start: number, end = bytes.length) => Uint8Array.from(bytes.subarray(start, end)).buffer;
  return openParquet({ byteLength: bytes.length, slice }, source);
}
