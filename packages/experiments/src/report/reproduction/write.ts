import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts';
import type { Reproduction } from '../../reproductions/reproduction.ts';
import type { ReproductionResults } from '../../reproductions/results.ts';
import { readableJson } from '../results-json.ts';

/**
 * Writes a reproduction as `report.html` (one self-contained page) and `results.json` into `directory`, which is made where it is
 * missing.
 *
 * @throws InputError where a file or folder cannot be written, saying which, why and what to do
 */
export async function writeReproductionReport(
  reproduction: Reproduction,
  results: ReproductionResults,
  directory: string,
): Promise<{ report: string; json: string }> {
  const files = { report: join(directory, 'report.html'), json: join(directory, 'results.json') };
  // The drawing libraries take half a second to load: only who writes a report waits for them.
  const { reproductionPage } = await import('./page.ts');
  const page = reproductionPage(reproduction, results);
  makeFolder(directory);
  writeAtomically(files.json, readableJson(results));
  writeAtomically(files.report, page);
  return files;
}
