import { open } from 'node:fs/promises';
import { InputError } from '@apical/core';
import { partsOf, sha256Of } from '../files/file-parts.ts';
import { placesOf } from '../formats/csv-header.ts';
import { type Cells, GrowingCells } from '../formats/growing-cells.ts';
import { openParquet, type ParquetColumn, type ParquetFile } from '../formats/parquet.ts';
import { readInputs } from '../parquet-inputs.ts';
import type { LabelledTable } from './labelled-table.ts';

/**
 * Reads samples and what is to be learned of them from a Parquet file: a column is the target, all others inputs. They are numbers, or
 * one column is images, in PNG or JPEG: the binary values themselves, or `bytes` of a structure, as in the image sets of the Hub.
 *
 * @param target the column that is to be learned, by its name, or its number from 1 on, or several with commas between them
 * @throws InputError as `openParquet` does; for no such column, inputs that are neither numbers nor images, and what is missing; the
 *   system's error where it cannot be read
 */
export async function loadLabelledParquet(path: string, target: string): Promise<LabelledTable> {
  const file = await open(path);
  try {
    const parquet = await openParquet(await partsOf(file), path);
    const learned = targetColumns(parquet, target, path);
    const name = learned.map((column) => column.name).join(', ');
    const [only] = learned;
    const values =
      learned.length === 1 ? await readCells(parquet, only!, path) : await readLabels(parquet, learned, path);
    const others = parquet.columns.filter((column) => !learned.includes(column));
    const inputs = await readInputs(parquet, others, path, `no column but ${name}`);
    return {
      path,
      rows: parquet.rows,
      ...inputs,
      target: name,
      values,
      ...(learned.length > 1 && { targetNames: learned.map((column) => column.name) }),
      ...(learned.length === 1 && only!.classNames && { classNames: only!.classNames }),
      placeOf: (row) => `row ${row}`,
      sha256: await sha256Of(file),
    };
  } finally {
    await file.close();
  }
}

/** The columns of those names, or numbers. @throws InputError where there is no such column */
function targetColumns({ columns }: ParquetFile, target: string, path: string): readonly ParquetColumn[] {
  const names = columns.map(({ name }) => name);
  return placesOf(target, names, path).map((place) => columns[place]!);
}

/** The target's values as they would stand in a table. */
async function readCells(parquet: ParquetFile, column: ParquetColumn, path: string): Promise<Cells> {
  const { name, kind, classNames } = column;
  if (typeof kind === 'object' || kind === 'images') {
    throw new InputError(
      `${path}: ${name} has ${typeof kind === 'object' ? kind.unreadable : 'bytes'}; a target has numbers or texts`,
    );
  }
  const cells = new GrowingCells((row) => `row ${row}: ${name}`);
  await parquet.read(column, (value, row) => {
    if (value === undefined || value === '' || Number.isNaN(value))
      throw new InputError(`row ${row}: ${name} is missing`);
    cells.push(
      kind === 'truths' ? String(value === 1) : classNames ? nameOf(value, classNames, name, row) : String(value),
    );
  });
  return cells.take(0);
}

/** The numbers of several targets. */
async function readLabels(
  parquet: ParquetFile,
  columns: readonly ParquetColumn[],
  path: string,
): Promise<{ readonly labels: Float64Array; readonly columns: number }> {
  const labels = new Float64Array(parquet.rows * columns.length);
  for (const [place, column] of columns.entries()) {
    const { name, kind } = column;
    if (kind !== 'numbers' && kind !== 'truths') {
      throw new InputError(`${path}: ${name} has no numbers, which several targets must have`);
    }
    await parquet.read(column, (value, row) => {
      if (value === undefined || Number.isNaN(value)) throw new InputError(`row ${row}: ${name} is missing`);
      labels[row * columns.length + place] = Number(value);
    });
  }
  return { labels, columns: columns.length };
}

function nameOf(value: number | string | Uint8Array, names: readonly string[], column: string, row: number): string {
  const name = names[Number(value)];
  if (name !== undefined) return name;
  throw new InputError(`row ${row}: ${column} is ${value}, and the classes of the file are 0 to ${names.length - 1}`);
}
