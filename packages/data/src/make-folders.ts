import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** So often a folder is tried again whose parent was there: another process may have removed it meanwhile. */
const tries = 10;

/**
 * Makes a folder and those above it, unless it is there: one by one, since `mkdir` with `recursive` never ends where the system says that there
 * is no such folder although its parent is there, as below /proc, and says so of a read-only file system.
 *
 * @throws the system's error
 */
export function makeFolders(directory: string): void {
  const above = dirname(directory);
  for (let tried = 1; ; tried++) {
    try {
      mkdirSync(directory);
      return;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST' && statSync(directory).isDirectory()) return;
      if (code !== 'ENOENT' || above === directory || tried === tries) throw error;
    }
    makeFolders(above);
  }
}
