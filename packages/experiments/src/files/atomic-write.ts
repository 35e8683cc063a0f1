import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { errorCode, explaining } from './write-problem.ts';

export interface WriteOptions {
  /**
   * Whether to wait until the disk has it (the default). Otherwise a killed process loses nothing, but a machine that loses
   * power may: for what can be computed again, or is synchronised later.
   */
  readonly durable?: boolean;
}

/**
 * Makes a folder and those above it, unless it is there.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export function makeFolder(directory: string): void {
  explaining(directory, () => makeFolders(directory));
}

/** As `mkdir` with `recursive`, which on a read-only file system says that there is no such folder. */
function makeFolders(directory: string): void {
  try {
    mkdirSync(directory);
  } catch (error) {
    const above = dirname(directory);
    if (errorCode(error) === 'EEXIST' && statSync(directory).isDirectory()) return;
    if (errorCode(error) !== 'ENOENT' || above === directory) throw error;
    makeFolders(above);
    mkdirSync(directory, { recursive: true });
  }
}

/**
 * Writes a file so that `path` holds all of it or is untouched: into a temporary file beside it, which is then renamed, or
 * removed where anything fails.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export function writeAtomically(
  path: string,
  contents: string | Uint8Array,
  { durable = true }: WriteOptions = {},
): void {
  explaining(path, () => {
    const temporary = writeBeside(path, contents, { durable });
    try {
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    if (durable) syncFolder(dirname(path));
  });
}

/**
 * Writes what is to become the file at `path` into a temporary file beside it, which is removed where that fails. On the disk
 * before it is renamed, so that the name never overtakes the contents.
 *
 * @returns the temporary file's path
 */
export function writeBeside(
  path: string,
  contents: string | Uint8Array,
  { durable = true }: WriteOptions = {},
): string {
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}${temporaryEnding}`);
  try {
    const file = openSync(temporary, 'wx');
    try {
      writeFileSync(file, contents);
      if (durable) fsyncSync(file);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  return temporary;
}

const temporaryEnding = '.tmp';

/** Whether a file of this name is one that a killed process left behind in the middle of writing. */
export function isTemporary(name: string): boolean {
  return name.startsWith('.') && name.endsWith(temporaryEnding);
}

/** Waits until the names in a folder are on the disk. Windows has no such thing, and does not need it. */
export function syncFolder(directory: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(directory, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
