import { isSamplesPath, isStream, shippedTable, streamFiles } from '@apical/data';
import { isOwnData, ownPath } from './own-data.ts';
import type { RunConfig } from './run-config.ts';

/** The files of one's own that a run reads: what it learns, and what is held out; none where its data are not known. */
export function filesLearned({ data }: { readonly data?: RunConfig['data'] }): readonly string[] {
  if (!data) return [];
  const { set, table } = data;
  const parts = [table?.target, table?.secondView, table?.test, table?.testTarget, table?.testSecondView];
  return [
    ...(isOwnData(set) && !shippedTable(set) ? [ownPath(set)] : []),
    ...(isStream(set) ? streamFiles(set) : []),
    // What is no path is the name of a column.
    ...parts.flatMap((part) => (part !== undefined && isSamplesPath(part) ? part : [])),
  ];
}
