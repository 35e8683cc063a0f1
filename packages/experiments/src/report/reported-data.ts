import { listDataSets } from '@apical/data';
import type { ReportedData } from './run-sections.ts';

/** What a page shows of a data set's images, which need not be there for it. */
export async function reportedData(set: string, sha256: ReportedData['sha256']): Promise<ReportedData> {
  const found = (await listDataSets()).find(({ name }) => name === set);
  return { shape: found?.shape ?? { height: 1, width: 1, channels: 1 }, classNames: found?.classNames ?? [], sha256 };
}
