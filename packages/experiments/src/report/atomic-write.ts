import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from 'apical';

/** Why a folder or file could not be written, in the user's words, by the system's error code. */
const reasons: Record<string, string> = {
  EACCES: 'writing here is not permitted; choose another folder, or change its permissions',
  EPERM: 'writing here is not permitted; choose another folder, or change its permissions',
  EROFS: 'the file system is read-only; choose a folder elsewhere',
  ENOSPC: 'the disk is full; free some space, or choose a folder elsewhere',
  EDQUOT: 'your disk quota is used up; free some space, or choose a folder elsewhere',
  ENOTDIR: 'a part of this path is a file, not a folder; choose another folder, or move that file away',
  EEXIST: 'a file of this name is in the way of the folder; choose another folder, or move that file away',
  EISDIR: 'a folder of this name is in the way of the file; move it away, or choose another folder',
  ENOENT: 'it cannot be created here; choose another folder',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
};

/**
 * Makes a folder and those above it, unless it is there.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export async function makeFolder(directory: string): Promise<void> {
  await explaining(directory, () => mkdir(directory, { recursive: true }));
}

/**
 * Writes a text file so that `path` holds all of it or is untouched: into a temporary file beside it, which is then
 * renamed, or removed where anything fails.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  await explaining(path, async () => {
    const file = await open(temporary, 'wx');
    try {
      await writeThrough(file, text);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

/** Waits until the text is on the disk, so that the rename never overtakes the contents. */
async function writeThrough(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function explaining(path: string, action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    const reason = reasons[codeOf(error)];
    if (reason === undefined) throw error;
    throw new InputError(`${path}: cannot be written: ${reason}`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
