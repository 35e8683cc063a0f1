import type { WatchedRun } from './watched-run.ts';

/** What became of some runs. */
export interface RunChanges {
  readonly runs: readonly WatchedRun[];
  /** The names of runs that are there no more. */
  readonly gone: readonly string[];
  /** The version up to which all changes are known with these. */
  readonly version: number;
}

interface Entry {
  readonly version: number;
  /** Absent where the run is there no more. */
  readonly run: WatchedRun | undefined;
}

/** How many runs that are no more are remembered. */
const mostGone = 10_000;

/**
 * Runs by name, and what changed since when: every change makes a version. Who knows a version gets what has changed since,
 * each run once and as it is now, however often it changed: nothing is kept for anybody.
 */
export class RunList {
  readonly #entries = new Map<string, Entry>();
  /** All changes in their order; those that a later one of the same run made void are cleared away now and then. */
  #log: { readonly version: number; readonly name: string }[] = [];
  #version = 0;
  /** What went away before this version is not known any more. */
  #oldest = 0;
  #gone = 0;
  #listeners = new Set<() => void>();

  get version(): number {
    return this.#version;
  }

  /** How many runs there are. */
  get size(): number {
    return this.#entries.size - this.#gone;
  }

  get(name: string): WatchedRun | undefined {
    return this.#entries.get(name)?.run;
  }

  set(run: WatchedRun): void {
    const before = this.#entries.get(run.name);
    if (before && before.run === undefined) this.#gone--;
    this.#change(run.name, run);
  }

  delete(name: string): void {
    if (this.#entries.get(name)?.run === undefined) return;
    this.#gone++;
    this.#change(name, undefined);
  }

  /** Whether what has changed since a version is known; if not, one has to begin with version 0 and nothing. */
  isKnown(version: number): boolean {
    return version >= this.#oldest && version <= this.#version;
  }

  /** The changes after a version, the oldest first: so many of them at most. */
  since(version: number, most: number): RunChanges {
    const runs: WatchedRun[] = [];
    const gone: string[] = [];
    let reached = version;
    for (let i = this.#firstAfter(version); i < this.#log.length && runs.length + gone.length < most; i++) {
      const change = this.#log[i]!;
      reached = change.version;
      const entry = this.#entries.get(change.name);
      if (entry?.version !== change.version) continue;
      if (entry.run) runs.push(entry.run);
      else gone.push(change.name);
    }
    return { runs, gone, version: reached };
  }

  /** Calls the listener at every change; returns what ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #change(name: string, run: WatchedRun | undefined): void {
    const version = ++this.#version;
    this.#entries.set(name, { version, run });
    this.#log.push({ version, name });
    if (this.#gone > mostGone) this.#forgetGone();
    if (this.#log.length > 2 * this.#entries.size + 1000) {
      this.#log = this.#log.filter((change) => this.#entries.get(change.name)?.version === change.version);
    }
    for (const listener of this.#listeners) listener();
  }

  #forgetGone(): void {
    for (const [name, { run }] of this.#entries) if (run === undefined) this.#entries.delete(name);
    this.#gone = 0;
    this.#oldest = this.#version;
  }

  /** The place in the log of the first change after a version. */
  #firstAfter(version: number): number {
    let [low, high] = [0, this.#log.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#log[middle]!.version > version) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
