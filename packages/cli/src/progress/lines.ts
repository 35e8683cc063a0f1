import { formatSeconds } from '../format.ts';
import type { Progress } from './progress.ts';
import { type Run, RunCounts } from './runs.ts';

const secondsBetweenLines = 60;

/** Progress for logs and pipes: a line when one of several runs ends, and one a minute when none does. */
export class LineProgress implements Progress {
  readonly #stream: NodeJS.WritableStream;
  #counts = new RunCounts([]);
  #timer: NodeJS.Timeout | undefined;

  constructor(stream: NodeJS.WritableStream) {
    this.#stream = stream;
  }

  start(runs: readonly Run[]): void {
    this.#counts = new RunCounts(runs);
    this.show();
  }

  update(run: number, done: number): void {
    if (this.#counts.update(run, done)) this.#ended(run);
  }

  finish(run: number): void {
    if (this.#counts.finish(run)) this.#ended(run);
  }

  show(): void {
    this.hide();
    this.#timer = setInterval(() => this.#line('running'), secondsBetweenLines * 1000).unref();
  }

  hide(): void {
    clearInterval(this.#timer);
  }

  #ended(run: number): void {
    const { runs, finished } = this.#counts;
    if (runs.length === 1) return;
    this.#line(`${finished} of ${runs.length} finished: ${runs[run]?.label}`);
    this.show();
  }

  #line(text: string): void {
    const { fraction, elapsed, secondsLeft } = this.#counts;
    const left = secondsLeft === undefined || fraction >= 1 ? '' : `, about ${formatSeconds(secondsLeft)} left`;
    this.#stream.write(`${text} (${Math.floor(100 * fraction)} % of all after ${formatSeconds(elapsed)}${left})\n`);
  }
}
