import { join } from 'node:path';
import { runFolder } from '../claims/claims.ts';
import { studyFiles } from '../studies/store/study-folder.ts';
import { Freshness } from './freshness.ts';
import { readIndexLines } from './index-lines.ts';
import { readConfig, readSummary, resultsOfSummary, settingsOf } from './read-run.ts';
import { RunFolderWatch } from './run-folder-watch.ts';
import { latestClaims } from './signs-of-life.ts';
import type { Watching } from './watching.ts';

/** The folders of finished runs whose names begin with the same two letters. */
interface Group {
  readonly freshness: Freshness;
  names: readonly string[];
}

/** A run that is being done. */
interface Work {
  readonly watch: RunFolderWatch;
  readonly held: string;
  /** Whether it was not there when it was last looked for: it may have moved to the finished ones meanwhile. */
  isMissing: boolean;
}

/** Looks at the runs of a study: the finished ones by its index, without opening each, and those that are being done. */
export class StudyWatch {
  readonly #watching: Watching;
  readonly #directory: string;
  readonly #runs = new Freshness();
  #groups = new Map<string, Group>();
  /** The finished runs, with the folders that they are in. */
  #finished = new Map<string, string>();
  readonly #work = new Map<string, Work>();
  /** How far each file of the index has been read. */
  readonly #indexRead = new Map<string, number>();

  constructor(watching: Watching, directory: string) {
    this.#watching = watching;
    this.#directory = directory;
  }

  /** @returns whether there still is a study */
  async look(number: number): Promise<boolean> {
    const runs = join(this.#directory, studyFiles.runs);
    const stamp = await this.#watching.enclosure.stamp(runs);
    if (stamp === undefined) return false;
    await this.#lookAtFinished(runs, stamp);
    await this.#lookAtWork(number);
    return true;
  }

  forget(): void {
    for (const folder of this.#finished.values()) this.#watching.runs.delete(this.#nameOf(folder));
    for (const { watch } of this.#work.values()) watch.forget();
  }

  async #lookAtFinished(runs: string, stamp: string): Promise<void> {
    const { enclosure } = this.#watching;
    let changed = false;
    if (this.#runs.isStale(stamp)) {
      const names = (await enclosure.list(runs))?.folders ?? [];
      this.#groups = new Map(
        names.map((name) => [name, this.#groups.get(name) ?? { freshness: new Freshness(), names: [] }]),
      );
      changed = true;
    }
    for (const [name, group] of this.#groups) {
      const folder = join(runs, name);
      const groupStamp = await enclosure.stamp(folder);
      if (groupStamp === undefined || !group.freshness.isStale(groupStamp)) continue;
      group.names = (await enclosure.list(folder))?.folders ?? [];
      changed = true;
    }
    if (changed) await this.#compare(runs);
  }

  /** Takes in the finished runs that are new, and lets go of those that are there no more. */
  async #compare(runs: string): Promise<void> {
    const there = new Map<string, string>();
    for (const [group, { names }] of this.#groups) for (const name of names) there.set(name, join(runs, group, name));
    for (const [name, folder] of this.#finished) if (!there.has(name)) this.#watching.runs.delete(this.#nameOf(folder));
    const unknown = new Map([...there].filter(([name]) => !this.#finished.has(name)));
    this.#finished = there;
    if (unknown.size === 0) return;
    await this.#readIndex(unknown);
    for (const folder of unknown.values()) await this.#readFolder(folder);
  }

  /** Shows those of the unknown runs that the index has, which are known then. */
  async #readIndex(unknown: Map<string, string>): Promise<void> {
    const { enclosure, runs } = this.#watching;
    const directory = join(this.#directory, studyFiles.index);
    for (const file of (await enclosure.list(directory))?.files ?? []) {
      const from = this.#indexRead.get(file) ?? 0;
      const reached = await readIndexLines(enclosure, join(directory, file), from, ({ name, config, summary }) => {
        const folder = unknown.get(name);
        if (folder === undefined) return;
        unknown.delete(name);
        const [settings, results] = [settingsOf(config), resultsOfSummary(summary)];
        runs.set({ name: this.#nameOf(folder), status: summary.status, settings, results, directory: folder });
      });
      this.#indexRead.set(file, reached);
    }
  }

  async #readFolder(folder: string): Promise<void> {
    const { enclosure, runs } = this.#watching;
    const { recorded } = await readConfig(enclosure, folder);
    const summary = await readSummary(enclosure, folder);
    runs.set({
      name: this.#nameOf(folder),
      status: recorded && summary ? summary.status : 'damaged',
      settings: recorded ? settingsOf(recorded.config) : {},
      results: summary ? resultsOfSummary(summary) : {},
      directory: folder,
    });
  }

  async #lookAtWork(number: number): Promise<void> {
    const { enclosure, life } = this.#watching;
    const directory = join(this.#directory, studyFiles.work);
    const claims = latestClaims((await enclosure.list(directory))?.folders ?? []);
    for (const [run, folder] of claims) {
      const held = join(directory, folder);
      if (this.#finished.has(run) || this.#work.get(run)?.held === held) continue;
      const name = this.#nameOf(join(this.#directory, studyFiles.runs, run.slice(0, 2), run));
      const watch = new RunFolderWatch(this.#watching, join(held, runFolder), name);
      this.#work.set(run, { watch, held, isMissing: false });
    }
    for (const [run, work] of this.#work) {
      if (this.#finished.has(run)) {
        this.#work.delete(run);
        continue;
      }
      const isHeld = claims.has(run) && (await life.hasLivingOwner(this.#directory, work.held));
      const isThere = await work.watch.look(number, isHeld);
      if (!isThere && work.isMissing) {
        work.watch.forget();
        if (!claims.has(run)) this.#work.delete(run);
      }
      work.isMissing = !isThere;
    }
  }

  #nameOf(folder: string): string {
    return this.#watching.enclosure.nameOf(folder);
  }
}
