import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync, realpathSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { InputError } from '@apical/core';
import { isRecord } from '../config/settings.ts';
import { type Found, jsonOf } from '../files/read-file.ts';
import { errorCode } from '../files/write-problem.ts';

/** What is in a folder: links, sockets and the like are left out. */
export interface Listing {
  readonly folders: readonly string[];
  readonly files: ReadonlySet<string>;
}

/** A part of a file. */
export interface Part {
  readonly bytes: Buffer;
  /** The size of the whole file. */
  readonly size: number;
}

/** What says that there is nothing to read, or that it may not be read. */
const absent: ReadonlySet<string> = new Set([
  'ENOENT',
  'ENOTDIR',
  'ELOOP',
  'EACCES',
  'EPERM',
  'EISDIR',
  'ESTALE',
  'EIO',
  'ENAMETOOLONG',
  'ENXIO',
  'ENODEV',
]);

/** For how long others may have to wait. */
const turnMilliseconds = 8;

/**
 * A folder with all that is below it, to read from and nothing else: no link in it is followed, and no path leads out of it.
 * What is not there, may not be read, or is no file or folder is undefined.
 *
 * The calls to the system are synchronous, which takes less than half of the processor's time that others take; between them it
 * is seen to that nobody waits for long, however many there are.
 */
export class Enclosure {
  /** The folder's path, without links. */
  readonly root: string;
  #turnBegan = performance.now();
  #nextTurn: Promise<void> | undefined;

  private constructor(root: string) {
    this.root = root;
  }

  /** @throws InputError where it is no folder, or may not be read */
  static async open(directory: string): Promise<Enclosure> {
    const enclosure = new Enclosure(orAbsent(() => realpathSync.native(directory)) ?? '');
    if (enclosure.root === '' || (await enclosure.list(enclosure.root)) === undefined) {
      throw new InputError(`${directory}: there is no such folder, or it may not be read`);
    }
    return enclosure;
  }

  /** A path below the root as the root's user would write it, with slashes; "." for the root itself. */
  nameOf(path: string): string {
    return relative(this.root, path).replaceAll(sep, '/') || '.';
  }

  async list(folder: string): Promise<Listing | undefined> {
    await this.#turn();
    if (!this.#holds(folder)) return undefined;
    const entries = orAbsent(() => readdirSync(folder, { withFileTypes: true }));
    return (
      entries && {
        folders: entries.filter((entry) => entry.isDirectory()).map(({ name }) => name),
        files: new Set(entries.filter((entry) => entry.isFile()).map(({ name }) => name)),
      }
    );
  }

  /** What changes when something is added to a folder or taken from it, or when a file is written. */
  async stamp(path: string): Promise<string | undefined> {
    await this.#turn();
    const found = orAbsent(() => lstatSync(path, { throwIfNoEntry: false }));
    if (!found?.isDirectory() && !found?.isFile()) return undefined;
    return `${found.ino} ${found.mtimeMs} ${found.isFile() ? found.size : ''}`;
  }

  /** So many bytes of a file at most, from its beginning on or up to its end. */
  async read(path: string, most: number, which: 'first' | 'last' = 'first'): Promise<Part | undefined> {
    return this.withFile(path, async (read, size) => {
      const bytes = await read(which === 'first' ? 0 : Math.max(0, size - most), Math.min(size, most));
      return { bytes, size };
    });
  }

  /** The text of a file of so many bytes at most; what stands there instead, in words. */
  async text(path: string, most: number): Promise<Found<string>> {
    const part = await this.read(path, most);
    if (part === undefined) return {};
    if (part.size > most) return { problem: `has ${part.size} bytes, and at most ${most} are read` };
    return { value: part.bytes.toString('utf8') };
  }

  /** The object that a file of JSON holds; undefined where it holds something else, or more bytes than `most`. */
  async json(path: string, most: number): Promise<Record<string, unknown> | undefined> {
    const { value } = await this.text(path, most);
    const held = value === undefined ? undefined : jsonOf(value);
    return isRecord(held) ? held : undefined;
  }

  /** Reads a file piece by piece. @param use gets what reads `length` bytes from `position` on, and the file's size */
  async withFile<T>(
    path: string,
    use: (read: (position: number, length: number) => Promise<Buffer>, size: number) => Promise<T>,
  ): Promise<T | undefined> {
    await this.#turn();
    if (!this.#holds(path)) return undefined;
    // Not to wait for who writes to a pipe.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
    const file = orAbsent(() => openSync(path, flags));
    if (file === undefined) return undefined;
    try {
      const found = fstatSync(file);
      if (!found.isFile()) return undefined;
      const read = async (position: number, length: number) => {
        await this.#turn();
        const buffer = Buffer.allocUnsafe(length);
        return buffer.subarray(0, readSync(file, buffer, 0, length, position));
      };
      return await use(read, found.size);
    } finally {
      closeSync(file);
    }
  }

  /** Lets others have their turn, if it is time. */
  async #turn(): Promise<void> {
    if (performance.now() - this.#turnBegan < turnMilliseconds) return;
    this.#nextTurn ??= nextTurn().then(() => {
      this.#turnBegan = performance.now();
      this.#nextTurn = undefined;
    });
    await this.#nextTurn;
  }

  /** Whether a path is the root or below it, and has no link on its way. */
  #holds(path: string): boolean {
    if (path !== this.root && !path.startsWith(join(this.root, sep))) return false;
    return orAbsent(() => realpathSync.native(path)) === path;
  }
}

function orAbsent<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (absent.has(errorCode(error))) return undefined;
    throw error;
  }
}
