import { InputError } from '@apical/core';
import { labelledRows, readCsv, type ShippedTable, targetsOf } from '@apical/data';
import { fetchFile } from './fetch-file.ts';
import { type AnyImages, imagesOfRows } from './images.ts';

/**
 * Fetches a table that comes with apical from the server, and reads it as the command does.
 * @param page the address of the page, next to which the data are
 * @throws InputError where the server has it not, or it is damaged
 */
export async function shippedImages(table: ShippedTable, page: string): Promise<AnyImages> {
  const { name, file, target, sha256 } = table;
  const bytes = await fetchFile(new URL(`data/${file}`, page), ['']);
  const rows = labelledRows(readCsv(bytes, name, { target }), name);
  const { rows: count, inputs, data } = rows;
  const { classes, classNames } = targetsOf(rows, 'classes');
  if (count !== table.samples || !classes || !classNames)
    throw new InputError(`${name}: this server's is another table`);
  const train = { count, data, classes };
  return imagesOfRows(name, { inputs, labels: classNames.length, classNames, train }, sha256);
}
