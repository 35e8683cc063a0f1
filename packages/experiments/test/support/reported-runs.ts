import { readFile } from 'node:fs/promises';
import { parseHTML } from 'linkedom';
import { expect } from 'vitest';
import { writeRunsReport } from '../../src/report/runs/write.ts';
import { readStoredRun, runFolders, type StoredRun } from '../../src/runs/stored-run.ts';
import { assertWellFormed } from './well-formed.ts';

/** The runs in a folder. */
export function storedIn(directory: string): StoredRun[] {
  return runFolders(directory).flatMap((run) => readStoredRun(run) ?? []);
}

/** The report of some runs, written to a file and read again. */
export async function reportOf(runs: readonly StoredRun[], path: string): Promise<Document> {
  await writeRunsReport(runs, path);
  const page = await readFile(path, 'utf8');
  assertWellFormed(page, ['meta', 'img']);
  expect(page).not.toMatch(/undefined|NaN|\[object/);
  return parseHTML(page).document;
}
