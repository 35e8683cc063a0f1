import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { InputError } from '@apical/core';
import { readCsv } from './formats/csv.ts';
import { readNpy } from './formats/npy.ts';
import type { NumericArray } from './formats/numeric-array.ts';

/** A matrix of numbers, row-major: a sample a row. */
export interface NumericMatrix {
  readonly rows: number;
  readonly cols: number;
  readonly data: NumericArray['data'];
}

const readers: Readonly<Record<string, (bytes: Uint8Array, source: string) => NumericArray>> = {
  '.npy': readNpy,
  '.csv': readCsv,
};

/**
 * Reads samples from a file that NumPy (.npy) or a spreadsheet (.csv) wrote. The first dimension counts samples; what an array
 * has of others is laid out in a row, so that images of 28 × 28 become rows of 784, and of numbers without another dimension
 * each has a row of its own.
 *
 * @throws InputError for a file of another kind or that is not sound (see `readNpy`, `readCsv`), and for numbers that are not
 *   finite; the system's error where it cannot be read
 */
export async function loadMatrix(path: string): Promise<NumericMatrix> {
  const read = readers[extname(path).toLowerCase()];
  if (!read) throw new InputError(`${path}: its name must end in one of ${Object.keys(readers).join(', ')}`);
  const { shape, data } = read(await readFile(path), path);
  const [rows, ...rest] = shape;
  if (rows === undefined) throw new InputError(`${path}: a single number, not an array of samples`);
  const cols = rest.reduce((product, size) => product * size, 1);
  const bad = data.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    throw new InputError(
      `${path}: ${data[bad]} at row ${Math.floor(bad / cols)}, column ${bad % cols}; every number must be finite`,
    );
  }
  return { rows, cols, data };
}
