import { InputError } from '@apical/core';
import { differenceOf } from '../column-names.ts';
import { HalfNumbers, type KeptNumbers } from '../formats/half-numbers.ts';

/** Rows of numbers, row-major, and the names of their columns, where they have any. */
export interface NamedRows {
  readonly path: string;
  readonly names?: readonly string[] | undefined;
  readonly data: KeptNumbers;
}

/**
 * Brings the columns of rows into the order of others, by their names, where both have these. In place.
 *
 * @param known the names of the others
 * @param whose where these are, for messages
 * @throws InputError where one is missing, another is there, or some of one name are in another order
 */
export function orderColumns(
  { path, names, data }: NamedRows,
  known: readonly string[] | undefined,
  whose: string,
): void {
  if (!names || !known) return;
  const difference = differenceOf(names, known);
  if (difference !== undefined) throw new InputError(`${path}: has other columns than ${whose}: ${difference}`);
  if (names.every((name, i) => name === known[i])) return;
  if (new Set(known).size < known.length) {
    throw new InputError(`${path}: has its columns in another order than ${whose}, and some of one name`);
  }
  const placeOf = new Map(names.map((name, i) => [name, i]));
  const places = known.map((name) => placeOf.get(name)!);
  const row = new Float64Array(places.length);
  const rows = data instanceof HalfNumbers ? data.bits : data;
  for (let start = 0; start < rows.length; start += places.length) {
    for (const [j, place] of places.entries()) row[j] = rows[start + place]!;
    rows.set(row, start);
  }
}
