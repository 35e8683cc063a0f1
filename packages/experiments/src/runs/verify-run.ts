import { join } from 'node:path';
import { bytesIfThere, jsonIfSound } from '../files/read-file.ts';
import { sha256 } from '../files/sha256.ts';
import { readCheckpoints } from './checkpoint.ts';
import { configProblems } from './config-problems.ts';
import { readSummary, runFiles } from './run-folder.ts';

/** What is wrong with the folder of a run, in words; empty where all is well. Nothing is changed. */
export function verifyRun(directory: string): string[] {
  const config = join(directory, runFiles.config);
  const problems = configProblems(jsonIfSound(config), config);
  const summary = readSummary(directory);
  if (summary === undefined) {
    if (bytesIfThere(join(directory, runFiles.summary)))
      problems.push(`${join(directory, runFiles.summary)}: is damaged`);
    const { damaged } = readCheckpoints(directory);
    return [...problems, ...damaged.map((name) => `${join(directory, name)}: is damaged`)];
  }
  for (const [name, expected] of Object.entries(summary.files)) {
    const path = join(directory, name);
    const bytes = bytesIfThere(path);
    if (bytes === undefined) problems.push(`${path}: is missing`);
    else if (sha256(bytes) !== expected) problems.push(`${path}: is not what the run wrote`);
  }
  return problems;
}
