import { InputError } from '@apical/core';
import { written } from '../formats/csv-cells.ts';
import { placesOf, type WantedColumns } from '../formats/csv-header.ts';
import { type Cells, GrowingCells } from '../formats/growing-cells.ts';
import type { ParquetColumn, ParquetFile } from '../formats/parquet.ts';
import { placeOfRow } from '../formats/place-of-row.ts';
import { type ImageDecoder, readInputs, unreadable } from '../parquet-inputs.ts';
import type { LabelledTable } from './labelled-table.ts';

/**
 * Samples and what is to be learned of them in a Parquet file that is open: see `loadLabelledParquet`.
 *
 * @param wanted what is learned
 * @param decode of columns of images
 * @throws InputError as `loadLabelledParquet` does
 */
export async function readParquetTable(
  parquet: ParquetFile,
  wanted: WantedColumns,
  path: string,
  decode: ImageDecoder,
): Promise<Omit<LabelledTable, 'sha256'>> {
  const learned = targetColumns(parquet, wanted, path);
  const names = learned.map((column) => column.name);
  const name = names.join(', ');
  const [only] = learned;
  const values =
    learned.length === 1 ? await readCells(parquet, only!, path) : await readLabels(parquet, learned, path);
  const others = parquet.columns.filter((column) => !learned.includes(column));
  const inputs = await readInputs(parquet, others, path, `no column but ${name}`, decode);
  return {
    path,
    rows: parquet.rows,
    ...inputs,
    target: name,
    values,
    targetColumns: names,
    ...(learned.length > 1 && { targetNames: names }),
    ...(learned.length === 1 && only!.classNames && { classNames: only!.classNames }),
    placeOf: placeOfRow,
  };
}

/** The columns of those names, or numbers. @throws InputError where there is no such column */
function targetColumns({ columns }: ParquetFile, wanted: WantedColumns, path: string): readonly ParquetColumn[] {
  const names = columns.map(({ name }) => name);
  return placesOf(wanted, names, path).map((place) => columns[place]!);
}

/** The target's values as they would stand in a table. */
async function readCells(parquet: ParquetFile, column: ParquetColumn, path: string): Promise<Cells> {
  const { name, kind, classNames } = column;
  if (typeof kind === 'object') throw unreadable(path, name, kind, 'a target has numbers or texts');
  if (kind === 'images') throw new InputError(`${path}: ${name} has bytes; a target has numbers or texts`);
  // Where it is read, messages are given the path.
  let source = '';
  const cells = new GrowingCells((row) => `${source}${placeOfRow(row)}: ${name}`, classNames !== undefined);
  await parquet.read(column, (value, row) => {
    if (value === undefined || value === '' || Number.isNaN(value))
      throw new InputError(`${placeOfRow(row)}: ${name} is missing; fill it in, or leave the row out`);
    cells.push(
      kind === 'truths' ? String(value === 1) : classNames ? nameOf(value, classNames, name, row) : textOf(value),
    );
  });
  source = `${path}: `;
  return cells.take(0);
}

function textOf(value: number | string | Uint8Array): string {
  return typeof value === 'number' ? written(value) : String(value);
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
    if (typeof kind === 'object') throw unreadable(path, name, kind, 'several targets are numbers');
    if (kind !== 'numbers' && kind !== 'truths') {
      throw new InputError(`${path}: ${name} has no numbers, which several targets must have`);
    }
    await parquet.read(column, (value, row) => {
      if (value === undefined || Number.isNaN(value))
        throw new InputError(`${placeOfRow(row)}: ${name} is missing; fill it in, or leave the row out`);
      labels[row * columns.length + place] = Number(value);
    });
  }
  return { labels, columns: columns.length };
}

function nameOf(value: number | string | Uint8Array, names: readonly string[], column: string, row: number): string {
  const name = names[Number(value)];
  if (name !== undefined) return name;
  throw new InputError(
    `${placeOfRow(row)}: ${column} is ${value}, and the classes of the file are 0 to ${names.length - 1}`,
  );
}
