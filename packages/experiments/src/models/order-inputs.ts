import { checkImages, type ImageShape, orderColumns } from '@apical/data';
import type { ModelFile } from './model-file.ts';

type Columns = Parameters<typeof orderColumns>[0];

/** So many names are told. */
const most = 12;

/**
 * Brings inputs into the order in which a model learned them, by their names, in place.
 *
 * @returns a note where they have names and the model knows none
 * @throws InputError where others are named, or images have another shape
 */
export function orderInputs(
  columns: Columns & { readonly image?: ImageShape | undefined },
  { data, path }: ModelFile,
): readonly string[] {
  const { found } = data?.table ?? {};
  const { names } = columns;
  checkImages(columns.path, columns.image, found?.image, `${path} learned`);
  orderColumns(columns, found?.columns, `${path} learned`);
  if (!names || !found || found.columns) return [];
  const told = names.slice(0, most).join(', ') + (names.length > most ? ', …' : '');
  return [`${columns.path}: ${path} knows no names of columns: they are taken in their order: ${told}`];
}
