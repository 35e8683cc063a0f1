import { orderColumns } from '@apical/data';
import type { ModelFile } from './model-file.ts';

type Columns = Parameters<typeof orderColumns>[0];

/**
 * Brings several columns of what a model tells into the order in which it learned them, in place: columns that are called as those that were
 * learned, or, one-hot, as classes.
 *
 * @throws InputError where others are named
 */
export function orderTargets(columns: Columns, { network, data, classNames, path }: ModelFile): void {
  const { targetColumns = [] } = data?.table?.found ?? {};
  const known = targetColumns.length === network.labels ? targetColumns : classNames;
  // Names that are none of classes say nothing of these.
  if (known === classNames && !columns.names?.some((name) => classNames?.includes(name))) return;
  orderColumns(columns, known, `${path} learned to tell`);
}
