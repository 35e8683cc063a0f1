import { copyFileSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from '../../config/settings.ts';
import { isTemporary } from '../../files/atomic-write.ts';
import { jsonIfSound } from '../../files/read-file.ts';
import { errorCode } from '../../files/write-problem.ts';
import { runFiles } from '../../runs/run-files.ts';
import { verifyRun } from '../../runs/verify-run.ts';

/**
 * Copies the beginning of a run. Its owner may still write to it, or the machine may have lost power before all of it was on
 * the disk: checkpoints are checked when they are read, and what says that it has ended is checked here.
 */
export function inheritRun(from: string, to: string): void {
  if (!isRecord(jsonIfSound(join(from, runFiles.config)))) return;
  const isDamaged = verifyRun(from).length > 0;
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const { name } = entry;
    if (!entry.isFile() || isTemporary(name) || (isDamaged && name === runFiles.summary)) continue;
    try {
      copyFileSync(join(from, name), join(to, name));
    } catch (error) {
      if (errorCode(error) !== 'ENOENT') throw error;
    }
  }
}
