import { join } from 'node:path';
import { claimFiles } from '../claims/claims.ts';
import { runFiles } from '../runs/run-files.ts';
import { lockFolder } from '../runs/run-lock.ts';
import type { Summary } from '../runs/summary.ts';
import { Freshness } from './freshness.ts';
import {
  type RecordedConfig,
  readConfig,
  readLastEvaluation,
  readSummary,
  resultsOfEvaluation,
  resultsOfSummary,
  settingsOf,
} from './read-run.ts';
import { latestClaims } from './signs-of-life.ts';
import type { RunStatus, WatchedRun } from './watched-run.ts';
import type { Watching } from './watching.ts';

/** One in so many looks is at the folder of a run that has ended. */
const looksBetweenEnded = 64;
/** Spreads those over the looks. */
let made = 0;

/** Looks at the folder of one run. */
export class RunFolderWatch {
  readonly #watching: Watching;
  readonly #directory: string;
  readonly #name: string;
  readonly #turn = made++ % looksBetweenEnded;
  readonly #folder = new Freshness();
  readonly #metrics = new Freshness();
  #recorded: RecordedConfig | undefined;
  #summary: Summary | undefined;
  #measured: WatchedRun['results'] = {};
  #shown = '';

  constructor(watching: Watching, directory: string, name: string) {
    this.#watching = watching;
    this.#directory = directory;
    this.#name = name;
  }

  /**
   * Looks at what has changed.
   *
   * @param isHeld whether a process has the run, where that is not said in the run's own folder
   * @returns whether there still is a run
   */
  async look(number: number, isHeld?: boolean): Promise<boolean> {
    const { enclosure } = this.#watching;
    if (this.#summary && number % looksBetweenEnded !== this.#turn) return true;
    const stamp = await enclosure.stamp(this.#directory);
    if (stamp === undefined) return false;
    if (this.#folder.isStale(stamp)) {
      if (!(await this.#has(runFiles.config))) return false;
      this.#recorded = (await readConfig(enclosure, this.#directory)).recorded;
      const hasSummary = this.#recorded !== undefined && (await this.#has(runFiles.summary));
      this.#summary = hasSummary ? await readSummary(enclosure, this.#directory) : undefined;
    }
    if (this.#summary === undefined) await this.#measure();
    this.#show(await this.#status(isHeld));
    return true;
  }

  forget(): void {
    this.#watching.runs.delete(this.#name);
  }

  async #measure(): Promise<void> {
    const { enclosure } = this.#watching;
    const stamp = await enclosure.stamp(join(this.#directory, runFiles.metrics));
    if (stamp !== undefined && !this.#metrics.isStale(stamp)) return;
    const evaluation = stamp && (await readLastEvaluation(enclosure, this.#directory));
    this.#measured = evaluation ? resultsOfEvaluation(evaluation) : {};
  }

  async #status(isHeld: boolean | undefined): Promise<RunStatus> {
    if (this.#recorded === undefined) return 'damaged';
    if (this.#summary) return this.#summary.status;
    return (isHeld ?? (await this.#isLocked())) ? 'running' : 'unfinished';
  }

  /** Whether a process has the run by a lock in its folder: see `RunLock`. */
  async #isLocked(): Promise<boolean> {
    const { enclosure, life } = this.#watching;
    if (!(await this.#has(lockFolder))) return false;
    const directory = join(this.#directory, lockFolder);
    const work = join(directory, claimFiles.work);
    const [claim] = latestClaims((await enclosure.list(work))?.folders ?? []).values();
    return claim !== undefined && (await life.hasLivingOwner(directory, join(work, claim)));
  }

  async #has(name: string): Promise<boolean> {
    return (await this.#watching.enclosure.stamp(join(this.#directory, name))) !== undefined;
  }

  #show(status: RunStatus): void {
    const settings = this.#recorded ? settingsOf(this.#recorded.config) : {};
    const results = this.#summary ? resultsOfSummary(this.#summary) : this.#measured;
    const shown = JSON.stringify([status, settings, results]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#watching.runs.set({ name: this.#name, status, settings, results, directory: this.#directory });
  }
}
