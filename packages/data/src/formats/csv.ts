import { InputError } from '@apical/core';
import type { NumericArray } from './npy.ts';

/** What stands for a number, also for one that is missing or not finite. */
const numeric = /^([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|[+-]?nan|[+-]?inf(inity)?|)$/i;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * Reads a table of numbers: a row a line, separated by commas, with a header or without one. A first line in which no cell is
 * a number, empty, NaN or infinite is a header.
 *
 * @param bytes the whole file, UTF-8
 * @param source the file's name, for messages
 * @returns an array of rows × columns, float64
 * @throws InputError for cells that are empty or no finite number, and for lines of different lengths: with line and column,
 *   counted from 1
 */
export function readCsv(bytes: Uint8Array, source: string): NumericArray {
  const lines = decode(bytes, source).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const header = cellsOf(lines[0] ?? '').every((cell) => !numeric.test(cell)) ? 1 : 0;
  const columns = cellsOf(lines[header] ?? '').length;
  const rows = lines.length - header;
  if (rows === 0) throw new InputError(`${source}: there are no rows of numbers`);
  const data = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const line = row + header + 1;
    const cells = cellsOf(lines[line - 1]!);
    if (cells.length !== columns) {
      throw new InputError(
        `${source}: line ${line} has ${cells.length} cells, but line ${header + 1} has ${columns}: all must have as many`,
      );
    }
    for (let column = 0; column < columns; column++) {
      data[row * columns + column] = numberOf(cells[column]!, `${source}: line ${line}, column ${column + 1}`);
    }
  }
  return { shape: [rows, columns], data };
}

/**
 * Writes a table of numbers, a row a line, with a header where names are given. Every number is written with as many digits
 * as it takes to read it back exactly.
 *
 * @throws InputError for an array that has not two dimensions
 */
export function writeCsv({ shape, data }: NumericArray, header?: readonly string[]): string {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined) {
    throw new InputError(`a table has two dimensions, not ${shape.length}`);
  }
  const write = data instanceof Float32Array ? shortest : String;
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), write).join(','),
  );
  return [...(header ? [header.map(quote).join(',')] : []), ...lines, ''].join('\n');
}

function decode(bytes: Uint8Array, source: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new InputError(`${source}: is not a text in UTF-8`, { cause: error });
  }
}

function cellsOf(line: string): string[] {
  return line.split(',').map((cell) => cell.trim());
}

function numberOf(cell: string, place: string): number {
  if (cell === '') throw new InputError(`${place} is empty`);
  const value = decimal.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) throw new InputError(`${place}: ${JSON.stringify(cell)} is not a finite number`);
  return value;
}

/** A float32 number with as few digits as say which it is: nine always do. */
function shortest(value: number): string {
  const digits = [6, 7, 8, 9].find((count) => Math.fround(Number(value.toPrecision(count))) === value) ?? 9;
  return String(Number(value.toPrecision(digits)));
}

function quote(name: string): string {
  return /[",\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
