import { MultiBar, type Params, type SingleBar } from 'cli-progress';
import { formatSeconds } from '../format.ts';
import type { Progress } from './progress.ts';
import { type Run, RunCounts } from './runs.ts';

const longestBar = 40;
const longestLabel = 40;

/**
 * Progress for a terminal: a bar a run, and one for all of them with the time that is left. Where the terminal has too
 * few rows for that, only the last.
 */
export class BarProgress implements Progress {
  readonly #stream: NodeJS.WriteStream;
  #counts = new RunCounts([]);
  #screen: MultiBar | undefined;
  #bars: SingleBar[] = [];
  #total: SingleBar | undefined;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  start(runs: readonly Run[]): void {
    this.hide();
    this.#counts = new RunCounts(runs);
    this.show();
  }

  update(run: number, done: number): void {
    this.#counts.update(run, done);
    this.#draw(run);
  }

  finish(run: number): void {
    this.#counts.finish(run);
    this.#draw(run);
  }

  show(): void {
    const { runs, done, fraction } = this.#counts;
    if (this.#screen !== undefined || runs.length === 0) return;
    const width = Math.min(longestLabel, Math.max(...runs.map((run) => run.label.length), 5));
    const screen = new MultiBar({
      stream: this.#stream,
      format: (_options, params: Params, payload: { label: string; note: string }) =>
        formatBar(payload.label.slice(0, width).padEnd(width), params.progress, payload.note, params.maxWidth),
      clearOnComplete: true,
      linewrap: true,
      // Ctrl-C is the command's business.
      gracefulExit: false,
    });
    this.#screen = screen;
    const fits = runs.length > 1 && runs.length + 2 <= (this.#stream.rows ?? 24);
    this.#bars = fits
      ? runs.map((run, i) => screen.create(run.total, done[i] ?? 0, { label: run.label, note: '' }))
      : [];
    const label = runs.length > 1 ? 'total' : (runs[0]?.label ?? '');
    this.#total = screen.create(1, fraction, { label, note: this.#note() });
    // At once, not a tenth of a second later.
    screen.update();
  }

  hide(): void {
    this.#screen?.stop();
    this.#screen = undefined;
    this.#total = undefined;
    this.#bars = [];
  }

  #draw(run: number): void {
    const { done, fraction } = this.#counts;
    this.#bars[run]?.update(done[run] ?? 0);
    this.#total?.update(fraction, { note: this.#note() });
  }

  #note(): string {
    const { runs, finished, secondsLeft } = this.#counts;
    const count = runs.length > 1 ? `${finished} of ${runs.length} ` : '';
    return secondsLeft === undefined ? count : `${count}· ${formatSeconds(secondsLeft)} left`;
  }
}

/**
 * One line that fits in `width` columns: `MNIST, BMVR, seed 1  ━━━━━━━━────  67 %  note`. It stays four columns short of
 * that: terminals echo ^C where the cursor is, and the bars would scroll if that began a new line.
 */
export function formatBar(label: string, progress: number, note: string, width: number): string {
  const name = label.slice(0, Math.max(8, Math.floor(width / 2) - 4));
  const percent = `${Math.floor(100 * progress)} %`.padStart(5);
  const length = Math.max(4, Math.min(longestBar, width - name.length - note.length - 17));
  const full = Math.round(length * progress);
  return `  ${name}  ${'━'.repeat(full)}${'─'.repeat(length - full)}  ${percent}  ${note}`.slice(0, width - 4);
}
