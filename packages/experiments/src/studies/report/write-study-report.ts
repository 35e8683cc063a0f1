import { join } from 'node:path';
import { writeAtomically } from '../../files/atomic-write.ts';
import { csv } from '../../tables/csv.ts';
import type { StudyResults } from '../results.ts';

/**
 * Writes the report of a study into its folder: `report.html`, and `trials.csv` with a row a trial.
 *
 * @returns the files' paths
 * @throws InputError where a file cannot be written, saying which, why and what to do
 */
export async function writeStudyReport(results: StudyResults, folder: string): Promise<string[]> {
  // The drawing libraries take half a second to load: only who writes a report waits for them.
  const { studyPage } = await import('./study-page.ts');
  const files: [string, string][] = [
    [join(folder, 'trials.csv'), csv(results.trials.map(rowOf))],
    [join(folder, 'report.html'), studyPage(results, folder)],
  ];
  for (const [path, text] of files) writeAtomically(path, text);
  return files.map(([path]) => path);
}

function rowOf({ trial, runs, mean, sd, diverged }: StudyResults['trials'][number]) {
  const samples = runs[0]?.config.samples;
  const number = (value: number) => (Number.isNaN(value) ? undefined : value);
  const settings = Object.entries(trial.settings).map(([name, value]) => [name, value === null ? 'null' : value]);
  return { ...Object.fromEntries(settings), samples, seeds: runs.length, diverged, mean: number(mean), sd: number(sd) };
}
