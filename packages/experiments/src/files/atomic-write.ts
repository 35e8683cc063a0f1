import { randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolders } from '@apical/data';
import { explaining } from './write-problem.ts';

export interface WriteOptions {
  /**
   * Whether to wait until the disk has it (the default). Otherwise a killed process loses nothing, but a machine that loses
   * power may: for what can be computed again, or is synchronised later.
   */
  readonly durable?: boolean;
  /** Its permissions, where they are to be others than those of a new file. */
  readonly mode?: number | undefined;
  /** The path that the file before it is kept at. */
  readonly previous?: string;
}

/**
 * Makes a folder and those above it, unless it is there.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export function makeFolder(directory: string): void {
  explaining(directory, () => makeFolders(directory));
}

/**
 * Writes a file so that `path` holds all of it or is untouched: into a temporary file beside it, which is then renamed, or
 * removed where anything fails.
 *
 * @throws InputError where the system refuses it, saying which path, why and what to do
 */
export function writeAtomically(path: string, contents: string | Uint8Array, options: WriteOptions = {}): void {
  explaining(path, () => replaceFile(path, contents, options));
}

/** Does what `writeAtomically` does. @throws what the system says */
export function replaceFile(path: string, contents: string | Uint8Array, options: WriteOptions): void {
  const temporary = writeBeside(path, contents, options);
  try {
    if (options.previous !== undefined && existsSync(path)) renameSync(path, options.previous);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  if (options.durable ?? true) syncFolder(dirname(path));
}

/**
 * Writes what is to become the file at `path` into a temporary file beside it, which is removed where that fails. On the disk
 * before it is renamed, so that the name never overtakes the contents.
 *
 * @returns the temporary file's path
 */
function writeBeside(path: string, contents: string | Uint8Array, { durable = true, mode }: WriteOptions): string {
  // A part of a long name: with more it may be longer than names may be.
  const name = basename(path).slice(0, 50);
  const temporary = join(dirname(path), `.${name}.${randomUUID()}${temporaryEnding}`);
  try {
    const file = openSync(temporary, 'wx');
    try {
      if (mode !== undefined && (fstatSync(file).mode & 0o777) !== mode) fchmodSync(file, mode);
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
