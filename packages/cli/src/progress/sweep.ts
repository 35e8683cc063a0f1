import type { Study, SweepProgress } from '@apical/experiments';
import { formatCount, formatObjective, formatSeconds } from '../format.ts';
import type { Output } from '../output.ts';
import { formatBar } from './bars.ts';
import type { Progress } from './progress.ts';

const secondsBetweenLines = 60;

/**
 * Shows how far a sweep is, on standard error, until `output.endProgress()`: two lines that are drawn anew on a terminal, a
 * line a minute elsewhere, nothing with --quiet.
 *
 * @returns what is to be told of it
 */
export function beginSweepProgress(output: Output, study: Study): (progress: SweepProgress) => void {
  if (output.quiet) return () => {};
  const terminal = output.stderr.isTTY && process.env.TERM !== 'dumb';
  const view = new SweepView(output.stderr, study, terminal);
  output.beginProgress(view);
  return (progress) => view.tell(progress);
}

class SweepView implements Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #study: Study;
  readonly #terminal: boolean;
  readonly #begun = performance.now();
  #latest: SweepProgress | undefined;
  /** How many runs had ended before this sweep began. */
  #doneBefore = 0;
  #isShown = false;
  #nextLine = 1000 * secondsBetweenLines;

  constructor(stream: NodeJS.WriteStream, study: Study, terminal: boolean) {
    this.#stream = stream;
    this.#study = study;
    this.#terminal = terminal;
  }

  tell(progress: SweepProgress): void {
    if (this.#latest === undefined) this.#doneBefore = progress.done;
    this.#latest = progress;
    if (this.#terminal) {
      this.hide();
      this.show();
    } else if (performance.now() - this.#begun > this.#nextLine) {
      this.#nextLine += 1000 * secondsBetweenLines;
      this.#stream.write(`${this.#counts(progress)}${this.#best(progress)}\n`);
    }
  }

  show(): void {
    if (!this.#terminal || this.#isShown || this.#latest === undefined) return;
    const { done, planned } = this.#latest;
    const width = this.#stream.columns ?? 80;
    const bar = formatBar(this.#study.name, planned === 0 ? 0 : done / planned, this.#counts(this.#latest), width);
    this.#stream.write(`${bar}\n${`  ${this.#best(this.#latest).replace(/^; /, '')}`.slice(0, width - 4)}\n`);
    this.#isShown = true;
  }

  hide(): void {
    if (!this.#isShown) return;
    // Two lines up, and all below cleared.
    this.#stream.write('\u001b[2A\u001b[0J');
    this.#isShown = false;
  }

  /** What a bar a run needs: not used, since a sweep tells all of them together. */
  start(): void {}
  update(): void {}
  finish(): void {}

  #counts({ done, planned, running, diverged, failed }: SweepProgress): string {
    const parts = [`${formatCount(done)} of ${formatCount(planned)} runs`, `${running} running`];
    if (diverged > 0) parts.push(`${formatCount(diverged)} diverged`);
    if (failed > 0) parts.push(`${formatCount(failed)} failed`);
    const left = this.#secondsLeft(done, planned);
    if (left !== undefined) parts.push(`${formatSeconds(left)} left`);
    return parts.join(' · ');
  }

  #best({ best }: SweepProgress): string {
    if (best === undefined || !Number.isFinite(best.loss)) return '';
    const settings = Object.entries(best.trial.settings).map(([name, value]) => `${name} ${value}`);
    return `; best ${formatObjective(best.mean)}: ${settings.join(', ')}`;
  }

  #secondsLeft(done: number, planned: number): number | undefined {
    const seconds = (performance.now() - this.#begun) / 1000;
    const here = done - this.#doneBefore;
    return here < 2 || seconds < 2 || done === planned ? undefined : (seconds / here) * (planned - done);
  }
}
