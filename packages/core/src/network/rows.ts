import { InputError } from '../errors.ts';
import { checkNumbersGiven, notNumbers } from '../given.ts';

/**
 * The number of rows; refuses what is no flat array of numbers, and a length that is not a whole number of rows, or not `count` rows.
 * @throws InputError
 */
export function rowsOf(name: string, values: ArrayLike<number>, columns: number, count?: number): number {
  checkNumbersGiven(name, values);
  const rows = values.length / columns;
  if (count === undefined ? !Number.isInteger(rows) : rows !== count) {
    const needed = count === undefined ? `a multiple of ${columns}` : `${count} × ${columns} = ${count * columns}`;
    throw new InputError(`${name} has ${values.length} numbers; ${needed} are needed`);
  }
  return rows;
}

/** Refuses rows with numbers that are not finite as float32; `name` is what a row is. @throws InputError */
export function checkFinite(name: string, values: ArrayLike<number>, columns: number): void {
  for (let i = 0; i < values.length; i++) {
    if (!isFinite32(values[i]!)) throw notFinite(name, Math.floor(i / columns), values, columns);
  }
}

/** Whether it is a number, and as float32 a finite one. */
export function isFinite32(value: number): boolean {
  return typeof value === 'number' && Number.isFinite(Math.fround(value));
}

/** What to say of a row that has something in it that is no finite float32 number. */
export function notFinite(name: string, row: number, values: ArrayLike<number>, columns: number): InputError {
  for (let i = row * columns; i < (row + 1) * columns; i++) {
    const value = values[i]!;
    if (isFinite32(value)) continue;
    if (typeof value !== 'number') return new InputError(`${name} ${row} ${notNumbers(name, value)}`);
    if (Number.isFinite(value)) {
      return new InputError(`${name} ${row} has ${value} at place ${i % columns}: float32 holds numbers up to 3.4e38`);
    }
  }
  return new InputError(`${name} ${row} has a number that is not finite`);
}

/** The rows of these numbers, one after the other, at the beginning of `target`; that part of it. */
export function gatherRows(
  values: ArrayLike<number>,
  columns: number,
  numbers: Uint32Array,
  target: Float32Array,
): Float32Array {
  let next = 0;
  for (const number of numbers) {
    for (let i = number * columns; i < (number + 1) * columns; i++) target[next++] = values[i]!;
  }
  return target.subarray(0, next);
}
