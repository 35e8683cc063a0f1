import { InputError } from '@apical/core';
import type { CsvTable } from '../formats/csv.ts';
import { firstBad } from '../formats/numeric-array.ts';
import type { LabelledTable } from './labelled-table.ts';

/**
 * Samples, and what is to be learned of each, of a table that was read with a target.
 *
 * @param source what messages call it
 * @throws InputError where there is no other column, and for inputs that are no float32
 */
export function labelledRows(table: CsvTable, path: string, source = path): Omit<LabelledTable, 'sha256'> {
  const { shape, data, header: names, firstLine } = table;
  const [rows, inputs] = shape as readonly [number, number];
  const { names: targets, cells, numbers } = table.target!;
  const name = targets.join(', ');
  const placeOf = (row: number) => `line ${firstLine + row}`;
  if (inputs === 0)
    throw new InputError(
      `${path}: has no column but ${name}: there is nothing to learn ${targets.length > 1 ? 'them' : 'it'} from`,
    );
  const bad = firstBad(data);
  if (bad >= 0) {
    const place = placeOf(Math.floor(bad / inputs));
    throw new InputError(`${source}: ${data[bad]} at ${place}; float32 holds numbers up to 3.4e38`);
  }
  return {
    path,
    rows,
    inputs,
    ...(names && { names }),
    data,
    target: name,
    values: cells ?? { labels: numbers!, columns: targets.length },
    ...(!cells && { targetNames: targets }),
    ...(names && { targetColumns: targets }),
    placeOf,
  };
}
