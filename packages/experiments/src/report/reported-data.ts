import { isSynthetic, listDataSets, syntheticSet } from '@apical/data';
import type { RunConfig } from '../config/run-config.ts';
import type { ReportedData } from './run-sections.ts';

/** What a page shows of a data set's images, or of other data, which need not be there for it. */
export async function reportedData(
  { set, table }: Pick<RunConfig['data'], 'set' | 'table'>,
  sha256: ReportedData['sha256'],
): Promise<ReportedData> {
  const found = (await listDataSets()).find(({ name }) => name === set);
  const classNames =
    found?.classNames ?? table?.found?.classes ?? (isSynthetic(set) ? (syntheticSet(set).classNames ?? []) : []);
  return { shape: found?.shape ?? { height: 1, width: 1, channels: 1 }, classNames, sha256 };
}
