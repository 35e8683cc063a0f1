import { InputError } from '@apical/core';
import { writeAtomically } from '../../files/atomic-write.ts';
import { readPieces } from '../../files/read-file.ts';
import { version } from '../../provenance.ts';
import type { StoredRun } from '../../runs/stored-run.ts';
import { reportedData } from '../reported-data.ts';
import { storedGroups } from './groups.ts';

/** How every page of runs begins to say what wrote it. */
const mark = '<meta name="generator" content="apical runs report">';

/** The most sets of runs that differ in more than their seeds: more curves than this cannot be told apart. */
const mostGroups = 12;

/**
 * Writes runs that were kept as one self-contained page: curves and probes (mean ± sd over runs that differ in their seeds alone),
 * confusion matrices, weights and settings. Runs that are not finished are shown as far as they are.
 *
 * @throws InputError where another file than such a page stands at the path, where there are no runs, runs of several data sets, or too many different ones; where a file is damaged, or
 *   cannot be written
 */
export async function writeRunsReport(runs: readonly StoredRun[], path: string): Promise<void> {
  const [first] = runs;
  if (first === undefined) throw new InputError('there are no runs to report');
  const sets = [...new Set(runs.map(({ config }) => config.data.set))];
  if (sets.length > 1) {
    throw new InputError(`the runs learned ${sets.join(', ')}: choose those of one with --where data.set=${sets[0]}`);
  }
  const groups = storedGroups(runs);
  if (groups.length > mostGroups) {
    throw new InputError(
      `the runs have ${groups.length} different settings, and a page shows ${mostGroups} at most: choose some with --where or --limit`,
    );
  }
  const sha256 = Object.assign({}, ...runs.map(({ recorded }) => recorded.dataSha256));
  checkPlace(path);
  // The drawing libraries take half a second to load: only who writes a report waits for them.
  const { runsPage } = await import('./page.ts');
  writeAtomically(path, runsPage(groups, await reportedData(first.config.data, sha256), version));
}

/** @throws InputError where what stands at the path is no page of runs */
function checkPlace(path: string): void {
  let isOurs = true;
  const { problem } = readPieces(path, Number.POSITIVE_INFINITY, (piece) => {
    isOurs = piece.includes(mark);
    return false;
  });
  if (isOurs && problem === undefined) return;
  throw new InputError(`${path}: is there, and no page of apical runs report; name another file with --out`);
}
