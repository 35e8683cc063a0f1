import type { Study, SweepProgress } from '@apical/experiments';
import type { Output } from '../output.ts';
import type { Progress } from './progress.ts';
import { sweepLine, sweepLines } from './sweep-lines.ts';

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
      this.#stream.write(`${sweepLine(progress, this.#secondsLeft(progress))}\n`);
    }
  }

  show(): void {
    if (!this.#terminal || this.#isShown || this.#latest === undefined) return;
    const lines = sweepLines(
      this.#study.name,
      this.#latest,
      this.#secondsLeft(this.#latest),
      // A terminal that does not know its size says 0.
      this.#stream.columns || 80,
    );
    this.#stream.write(lines.map((line) => `${line}\n`).join(''));
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

  #secondsLeft({ done, planned }: SweepProgress): number | undefined {
    const seconds = (performance.now() - this.#begun) / 1000;
    const here = done - this.#doneBefore;
    return here < 2 || seconds < 2 || done === planned ? undefined : (seconds / here) * (planned - done);
  }
}
