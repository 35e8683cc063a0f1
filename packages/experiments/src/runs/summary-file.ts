import { join } from 'node:path';
import { mostJsonBytes, readText } from '../files/read-file.ts';
import { parseSummary, type Reading } from './read-record.ts';
import { runFiles } from './run-files.ts';
import type { Summary } from './summary.ts';

/** What the summary of a folder says; undefined where there is none, or it is damaged: the run has not ended. */
export function readSummary(directory: string): Summary | undefined {
  return readSummaryFile(directory)?.value;
}

/** What `summary.json` of a folder says, or what is wrong with it; undefined where there is none. */
export function readSummaryFile(directory: string): Reading<Summary> | undefined {
  const found = readText(join(directory, runFiles.summary), mostJsonBytes);
  return found.value === undefined && found.problem === undefined ? undefined : parseSummary(found);
}
