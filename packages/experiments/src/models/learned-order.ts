import { InputError } from '@apical/core';
import { differenceOf, type NumericData } from '@apical/data';
import type { ModelFile } from './model-file.ts';

/** Numbers of samples, rows × inputs, row-major, and the names of their columns, where these have any. */
interface NamedColumns {
  readonly rows: number;
  readonly names?: readonly string[] | undefined;
  readonly data: NumericData;
}

/**
 * The numbers of a file with its columns in the order in which the model learned them: by their names, where both have these; as they are,
 * where not.
 *
 * @throws InputError where a column that was learned is missing, another is there, or some of one name are in another order
 */
export function inLearnedOrder(source: string, file: NamedColumns, { data: learned, path }: ModelFile): NumericData {
  const { rows, names, data } = file;
  const columns = learned?.table?.found?.columns;
  if (!names || !columns) return data;
  const difference = differenceOf(names, columns);
  if (difference !== undefined)
    throw new InputError(`${source}: has other columns than ${path} learned: ${difference}`);
  if (names.every((name, i) => name === columns[i])) return data;
  if (new Set(columns).size < columns.length) {
    throw new InputError(`${source}: has its columns in another order than ${path} learned, and some of one name`);
  }
  const placeOf = new Map(names.map((name, i) => [name, i]));
  const places = columns.map((name) => placeOf.get(name)!);
  const ordered = data.slice();
  for (let row = 0; row < rows; row++) {
    const start = row * places.length;
    for (const [j, place] of places.entries()) ordered[start + j] = data[start + place]!;
  }
  return ordered;
}
