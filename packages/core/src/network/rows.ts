import { InputError } from '../errors.ts';

/** The number of rows; refuses a length that is not a whole number of rows, or not `count` rows. @throws InputError */
export function rowsOf(name: string, values: ArrayLike<number>, columns: number, count?: number): number {
  const rows = values.length / columns;
  if (count === undefined ? !Number.isInteger(rows) : rows !== count) {
    const needed = count === undefined ? `a multiple of ${columns}` : `${count} × ${columns} = ${count * columns}`;
    throw new InputError(`${name} has ${values.length} numbers; ${needed} are needed`);
  }
  return rows;
}

/** Refuses rows with numbers that are not finite; `name` is what a row is. @throws InputError */
export function checkFinite(name: string, values: ArrayLike<number>, columns: number): void {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new InputError(`${name} ${Math.floor(i / columns)} has a number that is not finite`);
    }
  }
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
