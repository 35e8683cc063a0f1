import { join } from 'node:path';
import { runFiles } from '../runs/run-files.ts';
import { studyFiles } from '../studies/store/study-folder.ts';
import { Freshness } from './freshness.ts';
import { RunFolderWatch } from './run-folder-watch.ts';
import { StudyWatch } from './study-watch.ts';
import type { Watching } from './watching.ts';

/** Looks at a folder: the run or the study that it is, or else the folders in it. */
export class FolderWatch {
  readonly #watching: Watching;
  readonly #directory: string;
  readonly #freshness = new Freshness();
  #held: RunFolderWatch | StudyWatch | undefined;
  #folders = new Map<string, FolderWatch>();

  constructor(watching: Watching, directory: string) {
    this.#watching = watching;
    this.#directory = directory;
  }

  /** Looks at what has changed. @returns whether the folder is still there */
  async look(number: number): Promise<boolean> {
    if (await this.#lookAtHeld(number)) return true;
    const stamp = await this.#watching.enclosure.stamp(this.#directory);
    if (stamp === undefined) return false;
    if (this.#freshness.isStale(stamp) && !(await this.#list())) return false;
    if (this.#held) return await this.#lookAtHeld(number);
    for (const [name, folder] of this.#folders) {
      if (await this.#lookInto(folder, number)) continue;
      folder.forget();
      this.#folders.delete(name);
    }
    return true;
  }

  /** Looks at a folder in this one. What the system refuses there keeps nobody from looking at the others. */
  async #lookInto(folder: FolderWatch, number: number): Promise<boolean> {
    try {
      return await folder.look(number);
    } catch (error) {
      this.#watching.onProblem((error as Error).message);
      return true;
    }
  }

  forget(): void {
    this.#held?.forget();
    for (const folder of this.#folders.values()) folder.forget();
  }

  /** Looks at the run or the study that it is. @returns whether it is one */
  async #lookAtHeld(number: number): Promise<boolean> {
    if (this.#held === undefined) return false;
    if (await this.#held.look(number)) return true;
    this.#held.forget();
    this.#held = undefined;
    return false;
  }

  /** Finds out what the folder is. @returns whether it is there */
  async #list(): Promise<boolean> {
    const listing = await this.#watching.enclosure.list(this.#directory);
    if (listing === undefined) return false;
    const { files, folders } = listing;
    // A folder of that name is in the way of the file: the run is damaged.
    if (files.has(runFiles.config) || folders.includes(runFiles.config)) {
      const name = this.#watching.enclosure.nameOf(this.#directory);
      this.#held = new RunFolderWatch(this.#watching, this.#directory, name);
    } else if (files.has(studyFiles.study) && folders.includes(studyFiles.runs)) {
      this.#held = new StudyWatch(this.#watching, this.#directory);
    }
    const names = new Set(this.#held ? [] : folders);
    for (const [name, folder] of this.#folders) {
      if (names.has(name)) continue;
      folder.forget();
      this.#folders.delete(name);
    }
    for (const name of names) {
      if (!this.#folders.has(name)) {
        this.#folders.set(name, new FolderWatch(this.#watching, join(this.#directory, name)));
      }
    }
    return true;
  }
}
