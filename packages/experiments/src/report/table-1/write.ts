import { join } from 'node:path';
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts';
import type { Table1 } from '../../table-1/reproduce.ts';
import type { ReportFiles } from '../figure-3/write-report.ts';
import { readableJson } from '../results-json.ts';
import { table1Csv } from './csv.ts';

/**
 * Writes Table 1 as `report.html` (one self-contained page), `table-1.svg`, `table-1.csv` and `results.json` into `directory`,
 * which is made where it is missing. Each file is replaced as a whole: nothing is ever half-written.
 *
 * @throws InputError where a file or folder cannot be written, saying which, why and what to do
 */
export async function writeTable1Report(table: Table1, directory: string): Promise<ReportFiles> {
  const files: ReportFiles = {
    report: join(directory, 'report.html'),
    svg: join(directory, 'table-1.svg'),
    csv: join(directory, 'table-1.csv'),
    json: join(directory, 'results.json'),
  };
  // The drawing libraries take half a second to load: only who writes a figure waits for them.
  const [{ table1Page }, { figureDocument }, { table1Figure }] = await Promise.all([
    import('./page.ts'),
    import('../figure-document.ts'),
    import('./charts.ts'),
  ]);
  const texts: [string, string][] = [
    [files.json, readableJson(table.results)],
    [files.csv, table1Csv(table.results)],
    [files.svg, figureDocument(table1Figure(table.results))],
    [files.report, table1Page(table)],
  ];
  makeFolder(directory);
  for (const [path, text] of texts) writeAtomically(path, text);
  return files;
}
