/** One run among those whose progress is shown. */
export interface Run {
  readonly label: string;
  /** How much there is to do, in any unit (samples to learn, bytes to download). */
  readonly total: number;
}

/** Counts how far runs are. Time is in seconds since `now` was first asked. */
export class RunCounts {
  readonly runs: readonly Run[];
  readonly done: number[];
  readonly #ended = new Set<number>();
  readonly #now: () => number;
  readonly #start: number;
  readonly #total: number;

  constructor(runs: readonly Run[], now: () => number = () => performance.now() / 1000) {
    this.runs = runs;
    this.done = runs.map(() => 0);
    this.#now = now;
    this.#start = now();
    this.#total = runs.reduce((sum, run) => sum + run.total, 0);
  }

  /** Takes down how far a run is; true when it has ended by that. */
  update(run: number, done: number): boolean {
    if (this.#ended.has(run)) return false;
    const total = this.runs[run]?.total ?? 0;
    if (total > 0 && done >= total) return this.finish(run);
    this.done[run] = done;
    return false;
  }

  /** Ends a run; false when it had ended already. What it left undone counts as done. */
  finish(run: number): boolean {
    if (this.#ended.has(run)) return false;
    this.#ended.add(run);
    this.done[run] = this.runs[run]?.total ?? 0;
    return true;
  }

  get finished(): number {
    return this.#ended.size;
  }

  get elapsed(): number {
    return this.#now() - this.#start;
  }

  /** The part of all work that is done, from 0 to 1. */
  get fraction(): number {
    if (this.#total === 0) return 1;
    return this.done.reduce((sum, done) => sum + done, 0) / this.#total;
  }

  /** The seconds left if the rest goes as fast as what is done; undefined as long as that is a mere guess. */
  get secondsLeft(): number | undefined {
    if (this.elapsed < 2 || this.fraction < 0.005) return undefined;
    return (this.elapsed * (1 - this.fraction)) / this.fraction;
  }
}
