import type { Output } from '../output.ts';
import { BarProgress } from './bars.ts';
import { LineProgress } from './lines.ts';
import type { Run } from './runs.ts';

/** How far a number of runs are, shown on standard error while they go on. */
export interface Progress {
  /** Names the runs; called before any other. */
  start(runs: readonly Run[]): void;
  /** Run number `run` has come to `done` of its total. */
  update(run: number, done: number): void;
  /** Run number `run` has ended, at its total or (by divergence) before. */
  finish(run: number): void;
  /** Clears the screen of it, for other text. */
  hide(): void;
  /** Draws it again below that text. */
  show(): void;
}

const silent: Progress = { start() {}, update() {}, finish() {}, hide() {}, show() {} };

/**
 * The progress that suits standard error: bars on a terminal, now and then a line elsewhere, nothing with --quiet.
 * It is shown until `output.endProgress()`.
 */
export function beginProgress(output: Output): Progress {
  if (output.quiet) return silent;
  const terminal = output.stderr.isTTY && process.env.TERM !== 'dumb';
  const progress = terminal ? new BarProgress(output.stderr) : new LineProgress(output.stderr);
  output.beginProgress(progress);
  return progress;
}
