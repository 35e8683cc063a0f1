import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isTemporary } from '../../files/atomic-write.ts';
import { errorCode } from '../../files/write-problem.ts';
import { runFiles } from '../../runs/run-folder.ts';
import { readStoredRun } from '../../runs/stored-run.ts';
import { verifyRun } from '../../runs/verify-run.ts';

/**
 * Copies the beginning of a run. Its owner may still write to it, or the machine may have lost power before all of it was on
 * the disk: checkpoints are checked when they are read, and what says that it has ended is checked here.
 */
export function inheritRun(from: string, to: string): void {
  if (readStoredRun(from) === undefined) return;
  const isDamaged = verifyRun(from).length > 0;
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (isTemporary(name) || (isDamaged && name === runFiles.summary)) continue;
    try {
      copyFileSync(join(from, name), join(to, name));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}
