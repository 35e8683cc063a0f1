import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RunConfig } from '../../config/run-config.ts';
import { makeFolder, syncFolder } from '../../files/atomic-write.ts';
import { sha256 } from '../../files/sha256.ts';
import { explaining } from '../../files/write-problem.ts';
import { studyFiles } from './study-folder.ts';

/** The name of a run in its study: a digest of its config. Equal configs are one run. */
export function runName(config: RunConfig): string {
  return sha256(JSON.stringify(config)).slice(0, 20);
}

/** Where finished runs are: each in a folder that appears as a whole, when all of it is on the disk. */
export class RunStore {
  readonly #runs: string;

  constructor(study: string) {
    this.#runs = join(study, studyFiles.runs);
  }

  /** The folder of a finished run. Two levels, so that none has too many names. */
  folderOf(name: string): string {
    return join(this.#runs, name.slice(0, 2), name);
  }

  has(name: string): boolean {
    return existsSync(this.folderOf(name));
  }

  /** The names of all finished runs. */
  names(): string[] {
    const groups = readdirSync(this.#runs, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    return groups.flatMap((group) =>
      readdirSync(join(this.#runs, group.name), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? [entry.name] : [],
      ),
    );
  }

  /**
   * Takes in the folder of a run that has ended: waits until its files are on the disk, then renames it. If another process was
   * as far before, its folder is kept, for both are the same.
   */
  async takeIn(name: string, work: string): Promise<void> {
    const folder = this.folderOf(name);
    // Windows synchronises only what is open for writing, and renames only what is not open.
    if (process.platform !== 'win32') {
      for (const file of await readdir(work)) await sync(join(work, file));
      await sync(work);
    }
    makeFolder(dirname(folder));
    explaining(folder, () => {
      try {
        renameSync(work, folder);
      } catch (error) {
        if (!existsSync(folder)) throw error;
        rmSync(work, { recursive: true, force: true });
      }
    });
  }

  /** Waits until the names of runs are on the disk. */
  sync(names: readonly string[]): void {
    for (const group of new Set(names.map((name) => dirname(this.folderOf(name))))) syncFolder(group);
  }
}

/** Waits until a file, or the names in a folder, are on the disk. */
async function sync(path: string): Promise<void> {
  const file = await open(path, 'r');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
