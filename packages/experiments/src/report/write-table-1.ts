import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../files/atomic-write.ts';
import type { Table1 } from '../table-1/reproduce.ts';
import { readableJson } from './results-json.ts';
import { table1Csv } from './table-1-csv.ts';
import type { ReportFiles } from './write-report.ts';

/**
 * Writes Table 1 as `table-1.csv` and `results.json` into `directory`, which is made where it is missing. Each file is replaced
 * as a whole: nothing is ever half-written.
 *
 * @throws InputError where a file or folder cannot be written, saying which, why and what to do
 */
export async function writeTable1Report(
  { results }: Table1,
  directory: string,
): Promise<Pick<ReportFiles, 'csv' | 'json'>> {
  const files = { csv: join(directory, 'table-1.csv'), json: join(directory, 'results.json') };
  await makeFolder(directory);
  await writeAtomically(files.json, readableJson(results));
  await writeAtomically(files.csv, table1Csv(results));
  return files;
}
