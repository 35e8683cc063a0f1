import { join } from 'node:path';
import type { Compared } from '../../compare/compare.ts';
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts';
import { reportedData } from '../reported-data.ts';
import { readableJson } from '../results-json.ts';

/**
 * Writes a comparison as `report.html` (one self-contained page) and `results.json` into `directory`, which is made where it is
 * missing.
 *
 * @throws InputError where a file or folder cannot be written, saying which, why and what to do
 */
export async function writeComparisonReport(
  { results, firstLayers }: Compared,
  directory: string,
): Promise<{ report: string; json: string }> {
  const files = { report: join(directory, 'report.html'), json: join(directory, 'results.json') };
  // The drawing libraries take half a second to load: only who writes a report waits for them.
  const { comparisonPage } = await import('./page.ts');
  const { data = results.data } = results.contenders[0]?.runs.config ?? {};
  const page = comparisonPage(results, firstLayers, await reportedData(data, results.data.sha256));
  makeFolder(directory);
  writeAtomically(files.json, readableJson(results));
  writeAtomically(files.report, page);
  return files;
}
