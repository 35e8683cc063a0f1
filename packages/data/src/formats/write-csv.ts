import { InputError } from '@apical/core';
import { written } from './csv-cells.ts';
import type { NumericArray } from './numeric-array.ts';

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
  const write = data instanceof Float32Array ? shortest : written;
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), write).join(','),
  );
  return [...(header ? [header.map(quoted).join(',')] : []), ...lines, ''].join('\n');
}

/** A float32 number with as few digits as say which it is: nine always do. */
function shortest(value: number): string {
  const digits = [6, 7, 8, 9].find((count) => Math.fround(Number(value.toPrecision(count))) === value) ?? 9;
  return written(Number(value.toPrecision(digits)));
}

/**
 * Writes a table of one column of texts, with a header, as `writeCsv` does one of numbers. A text that could be taken for something else stands
 * in quotes.
 */
export function writeTexts(texts: readonly string[], header: string): string {
  return [header, ...texts, ''].map(quoted).join('\n');
}

function quoted(name: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
