import { join } from 'node:path';
import { InputError } from '@apical/core';
import type { Figure3Results } from '../../figure-3/results.ts';
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts';
import { readableJson } from '../results-json.ts';
import { figureCsv } from './figure-csv.ts';
import { panelsOf } from './panels.ts';

/** Paths of the files of a report. */
export interface ReportFiles {
  report: string;
  svg: string;
  csv: string;
  json: string;
}

/**
 * Writes Figure 3 as `report.html` (one self-contained page), `figure-3.svg`, `figure-3.csv` and `results.json` into
 * `directory`, which is made where it is missing. Each file is replaced as a whole: nothing is ever half-written.
 *
 * @throws InputError where no panel was run, or a file or folder cannot be written, saying which, why and what to do
 */
export async function writeFigure3Report(results: Figure3Results, directory: string): Promise<ReportFiles> {
  if (panelsOf(results).length === 0) {
    throw new InputError('figure-3: no panel was run, so that there is nothing to report; run at least one');
  }
  const files: ReportFiles = {
    report: join(directory, 'report.html'),
    svg: join(directory, 'figure-3.svg'),
    csv: join(directory, 'figure-3.csv'),
    json: join(directory, 'results.json'),
  };
  // The drawing libraries take half a second to load: only who writes a figure waits for them.
  const [{ figurePage }, { figureSvg }] = await Promise.all([import('./figure-page.ts'), import('./figure-svg.ts')]);
  const texts: [string, string][] = [
    [files.json, readableJson(results)],
    [files.csv, figureCsv(results)],
    [files.svg, figureSvg(results)],
    [files.report, figurePage(results)],
  ];
  makeFolder(directory);
  for (const [path, text] of texts) writeAtomically(path, text);
  return files;
}
