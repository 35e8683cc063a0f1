import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { explaining } from './write-problem.ts';

/**
 * Makes a folder and those above it, unless it is there.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export async function makeFolder(directory: string): Promise<void> {
  await explaining(directory, () => mkdir(directory, { recursive: true }));
}

/**
 * Writes a file so that `path` holds all of it or is untouched: into a temporary file beside it, which is then renamed, or
 * removed where anything fails.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export async function writeAtomically(path: string, contents: string | Uint8Array): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  await explaining(path, async () => {
    try {
      await writeThrough(temporary, contents);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

/** Writes a new file and waits until it is on the disk, so that the rename never overtakes the contents. */
async function writeThrough(path: string, contents: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(contents);
    await file.sync();
  } finally {
    await file.close();
  }
}
