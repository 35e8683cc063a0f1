import { open } from 'node:fs/promises';
import { InputError } from '@apical/core';
import { partsOf, sha256Of } from '../files/file-parts.ts';
import { openParquet, type ParquetColumn, type ParquetFile } from '../formats/parquet.ts';
import { readInputs } from '../parquet-inputs.ts';
import type { LabelledTable } from './labelled-table.ts';

/**
 * Reads samples and what is to be learned of them from a Parquet file: a column is the target, all others inputs. They are numbers, or
 * one column is images, in PNG or JPEG: the binary values themselves, or `bytes` of a structure, as in the image sets of the Hub.
 *
 * @param target the column that is to be learned, by its name, or its number from 1 on
 * @throws InputError as `openParquet` does; for no such column, inputs that are neither numbers nor images, and what is missing; the
 *   system's error where it cannot be read
 */
export async function loadLabelledParquet(path: string, target: string): Promise<LabelledTable> {
  const file = await open(path);
  try {
    const parquet = await openParquet(await partsOf(file), path);
    const learned = targetColumn(parquet, target, path);
    const cells = await readCells(parquet, learned, path);
    const others = parquet.columns.filter((column) => column !== learned);
    const inputs = await readInputs(parquet, others, path, `no column but ${learned.name}`);
    return {
      path,
      rows: parquet.rows,
      ...inputs,
      target: learned.name,
      cells,
      ...(learned.classNames && { classNames: learned.classNames }),
      placeOf: (row) => `row ${row}`,
      sha256: await sha256Of(file),
    };
  } finally {
    await file.close();
  }
}

/** @throws InputError where there is no such column */
function targetColumn({ columns }: ParquetFile, target: string, path: string): ParquetColumn {
  const found =
    columns.find(({ name }) => name === target) ??
    (/^[1-9]\d*$/.test(target) ? columns[Number(target) - 1] : undefined);
  if (found) return found;
  const more = columns.length > 12 ? `, … (${columns.length} columns)` : '';
  const names = columns.slice(0, 12).map(({ name }) => name);
  throw new InputError(`${path}: has no column ${target}; there are ${names.join(', ')}${more}`);
}

/** The target's values as they would stand in a table. */
async function readCells(parquet: ParquetFile, column: ParquetColumn, path: string): Promise<string[]> {
  const { name, kind, classNames } = column;
  if (typeof kind === 'object' || kind === 'images') {
    throw new InputError(
      `${path}: ${name} has ${typeof kind === 'object' ? kind.unreadable : 'bytes'}; a target has numbers or texts`,
    );
  }
  const cells = new Array<string>(parquet.rows);
  await parquet.read(column, (value, row) => {
    if (value === undefined || value === '' || Number.isNaN(value))
      throw new InputError(`row ${row}: ${name} is missing`);
    cells[row] =
      kind === 'truths' ? String(value === 1) : classNames ? nameOf(value, classNames, name, row) : String(value);
  });
  return cells;
}

function nameOf(value: number | string | Uint8Array, names: readonly string[], column: string, row: number): string {
  const name = names[Number(value)];
  if (name !== undefined) return name;
  throw new InputError(`row ${row}: ${column} is ${value}, and the classes of the file are 0 to ${names.length - 1}`);
}
