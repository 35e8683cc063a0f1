import type { Claim, Claims } from '../../claims/claims.ts';
import { readSummary } from '../../runs/summary-file.ts';
import type { Failure } from '../results.ts';
import type { RunIndex } from '../store/run-index.ts';
import type { PlannedRun } from './plan.ts';
import type { SweepAnswer } from './tasks.ts';

/** How often to look at what other processes have done, and whether they live, where there is nothing else to do. */
const secondsBetweenLooks = 1;
/** How many ended runs may wait for the disk. */
const mostCommits = 64;
/** Runs shorter than this are handed to workers ahead of time, so that no worker waits for the next. */
const shortSeconds = 1;

export interface RunQueueOptions {
  readonly workers: number;
  readonly perform: (run: PlannedRun, folder: string) => Promise<SweepAnswer>;
  /** Told whenever a run has begun or ended. */
  readonly onChange: () => void;
  /** Told, in words, what was found in the folder of a run. */
  readonly onNote: (text: string) => void;
  readonly onWarning: (text: string) => void;
}

/** How many warnings of runs are told. */
const mostWarnings = 3;

/** Does runs that no other process does, has done, or is doing, and waits for those that others do. */
export class RunQueue {
  /** Runs that could not be done, by name. */
  readonly failures = new Map<string, Failure>();
  running = 0;
  readonly #index: RunIndex;
  readonly #claims: Claims;
  readonly #options: RunQueueOptions;
  readonly #waiting: PlannedRun[] = [];
  /** Runs that another process has claimed. */
  #elsewhere: PlannedRun[] = [];
  #committing = 0;
  #secondsDone = 0;
  #runsDone = 0;
  #warned = 0;
  #isStopping = false;
  #nextLook = 0;
  #error: unknown;
  #wake: () => void = () => {};

  constructor(index: RunIndex, claims: Claims, options: RunQueueOptions) {
    this.#index = index;
    this.#claims = claims;
    this.#options = options;
  }

  add(runs: readonly PlannedRun[]): void {
    for (const run of runs.toReversed()) if (!this.#index.runs.has(run.name)) this.#waiting.push(run);
  }

  /** Works until each of these runs has ended, here or elsewhere, or failed, or `stop` was called. */
  async until(runs: readonly PlannedRun[]): Promise<void> {
    let first = 0;
    while (!this.#isStopping) {
      if (this.#error) throw this.#error;
      while (first < runs.length && this.#isSettled(runs[first]!.name)) first++;
      if (first === runs.length) return;
      this.#fill();
      await this.#change();
      this.#look();
    }
  }

  get isStopping(): boolean {
    return this.#isStopping;
  }

  /** Begins nothing more. */
  stop(): void {
    this.#isStopping = true;
    this.#wake();
  }

  /** Waits for what is going on. */
  async settle(): Promise<void> {
    while (this.running + this.#committing > 0) await this.#change();
    this.#index.flush();
    if (this.#error) throw this.#error;
  }

  #fill(): void {
    const { workers } = this.#options;
    const isShort = this.#runsDone > 0 && this.#secondsDone / this.#runsDone < shortSeconds;
    const most = isShort ? 2 * workers : workers;
    while (this.running < most && this.#committing < mostCommits) {
      const run = this.#waiting.pop();
      if (run === undefined) return;
      if (this.#index.runs.has(run.name)) continue;
      const claim = this.#claims.claim(run.name);
      if (claim && !this.#index.store.has(run.name)) {
        void this.#perform(run, claim);
        continue;
      }
      // Another process does it, or ended it this instant.
      if (claim) {
        this.#claims.clear(claim).catch((error: unknown) => {
          this.#error ??= error;
        });
      }
      this.#elsewhere.push(run);
    }
  }

  #isSettled(name: string): boolean {
    return this.#index.runs.has(name) || this.failures.has(name);
  }

  async #perform(run: PlannedRun, claim: Claim): Promise<void> {
    this.running++;
    this.#options.onChange();
    const answer = await this.#options.perform(run, claim.work);
    this.running--;
    this.#committing++;
    this.#wake();
    try {
      if (answer.kind === 'ended') {
        for (const repair of answer.repairs) this.#options.onNote(repair);
        this.#warn(run, answer.warnings);
        await this.#commit(run, claim);
      } else {
        if (answer.kind === 'failed') this.failures.set(run.name, { config: run.config, reason: answer.reason });
        this.#claims.release(claim);
      }
    } catch (error) {
      this.#error ??= error;
    }
    this.#committing--;
    this.#options.onChange();
    this.#wake();
  }

  /** Searches try what goes wrong: the first few say so, the others diverge or rank last. */
  #warn({ name }: PlannedRun, warnings: readonly string[]): void {
    for (const warning of warnings) {
      this.#warned++;
      if (this.#warned <= mostWarnings) this.#options.onWarning(`run ${name}, ${warning}`);
      if (this.#warned === mostWarnings) this.#options.onWarning('what else is to be said of runs is left out');
    }
  }

  async #commit({ name, config }: PlannedRun, claim: Claim): Promise<void> {
    const { store } = this.#index;
    await store.takeIn(name, claim.work);
    const summary = readSummary(store.folderOf(name));
    if (summary === undefined) throw new Error(`${store.folderOf(name)}: the summary is damaged`);
    this.#index.add({ name, config, summary });
    await this.#claims.clear(claim);
    this.#runsDone++;
    this.#secondsDone += summary.status === 'finished' ? summary.seconds : 0;
  }

  /** Now and then looks at what others have done; what nobody does any more is tried again. */
  #look(): void {
    const start = performance.now();
    if (start < this.#nextLook) return;
    this.#index.flush();
    if (this.#elsewhere.length > 0) {
      this.#index.refresh();
      for (const run of this.#elsewhere) if (!this.#index.runs.has(run.name)) this.#waiting.push(run);
      this.#elsewhere = [];
      this.#options.onChange();
    }
    // On a slow file system looking must not take all the time.
    const now = performance.now();
    this.#nextLook = now + Math.max(1000 * secondsBetweenLooks, 10 * (now - start));
  }

  /** Waits until something has changed, or it is time to look. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 1000 * secondsBetweenLooks);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
