import { setTimeout as sleep } from 'node:timers/promises';
import { Enclosure } from './enclosure.ts';
import { FolderWatch } from './folder-watch.ts';
import { type RunCurve, readRunCurve } from './run-curve.ts';
import { RunList } from './run-list.ts';
import { SignsOfLife } from './signs-of-life.ts';

const millisecondsBetweenLooks = 1000;
/** Of the time, looking may take one part in so many. */
const leastShare = 5;

/**
 * Watches a folder with runs at any depth: folders of runs and of studies. It reads and never writes: no index, no lock, no
 * repair. No link below the folder is followed. What is damaged is shown as such, or left out.
 *
 * What has ended is looked at rarely, and a folder only where something was added to it; so a look at many thousands of runs
 * takes little, and none keeps others waiting, for it is done in small steps.
 */
export class RunWatch {
  /** What was found so far. */
  readonly runs = new RunList();
  readonly #enclosure: Enclosure;
  readonly #folder: FolderWatch;
  readonly #closing = new AbortController();
  #looks = 0;
  #looking: Promise<void> = Promise.resolve();
  #problem: string | undefined;
  /** The problem that this look has found so far. */
  #found: string | undefined;

  private constructor(enclosure: Enclosure) {
    this.#enclosure = enclosure;
    const life = new SignsOfLife(enclosure);
    const onProblem = (problem: string) => {
      this.#found = problem;
    };
    this.#folder = new FolderWatch({ enclosure, runs: this.runs, life, onProblem }, enclosure.root);
  }

  /** @throws InputError where it is no folder */
  static async open(directory: string): Promise<RunWatch> {
    return new RunWatch(await Enclosure.open(directory));
  }

  /** The folder's path, without links. */
  get root(): string {
    return this.#enclosure.root;
  }

  /** Whether all has been looked at once. */
  get hasLooked(): boolean {
    return this.#looks > 0;
  }

  /** Why the last look was not at all of it, where the system refused it. */
  get problem(): string | undefined {
    return this.#problem;
  }

  /** Looks at what has changed. */
  look(): Promise<void> {
    this.#looking = this.#looking.then(async () => {
      this.#found = undefined;
      try {
        await this.#folder.look(this.#looks);
      } catch (error) {
        this.#found = (error as Error).message;
      }
      this.#problem = this.#found;
      this.#looks++;
    });
    return this.#looking;
  }

  /** Looks again and again, until `close`. @param onLook called after every look */
  async watch(onLook: () => void = () => {}): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const start = performance.now();
      await this.look();
      onLook();
      const pause = Math.max(millisecondsBetweenLooks, (leastShare - 1) * (performance.now() - start));
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  close(): void {
    this.#closing.abort();
  }

  /** What was measured along the run of a name; undefined where there is none of that name. */
  async curve(name: string): Promise<RunCurve | undefined> {
    const run = this.runs.get(name);
    return run && (await readRunCurve(this.#enclosure, run.directory));
  }
}
