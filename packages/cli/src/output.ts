import pc from 'picocolors';
import type { Progress } from './progress/progress.ts';

/**
 * Where a command writes: results to standard output, everything else (notes, progress, errors) to standard error.
 * With `json` standard output holds one JSON document and nothing else; with `quiet` there are no notes and no progress, but warnings.
 */
export class Output {
  json = false;
  quiet = false;
  /** Colours for standard output; all plain when it is no terminal, or NO_COLOR is set. */
  readonly colors: ReturnType<typeof pc.createColors>;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  #progress: Progress | undefined;

  constructor(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream) {
    this.stdout = stdout;
    this.stderr = stderr;
    this.colors = pc.createColors(pc.isColorSupported && stdout.isTTY === true);
  }

  /** A part of the result for people; left out with `json`. */
  result(text: string): void {
    if (!this.json) this.#write(this.stdout, text);
  }

  /** The result for programs; left out without `json`. */
  document(value: unknown): void {
    if (this.json) this.#write(this.stdout, JSON.stringify(value, undefined, 2));
  }

  /** What is good to know while waiting. */
  note(text: string): void {
    if (!this.quiet) this.#write(this.stderr, worded(text));
  }

  /** What goes wrong, though the command goes on. */
  warn(text: string): void {
    this.#write(this.stderr, `warning: ${worded(text)}`);
  }

  error(text: string): void {
    this.#write(this.stderr, worded(text));
  }

  /** From now on `progress` is drawn below whatever is written, until `endProgress`. */
  beginProgress(progress: Progress): void {
    this.#progress = progress;
  }

  endProgress(): void {
    this.#progress?.hide();
    this.#progress = undefined;
  }

  #write(stream: NodeJS.WriteStream, text: string): void {
    this.#progress?.hide();
    stream.write(`${text}\n`);
    this.#progress?.show();
  }
}

/** Files are called as they were given: `-` in words, where a line is about it. */
function worded(text: string): string {
  return text.replace(/^(apical: )?-: /gm, '$1standard input: ').replace(/ on file:-(?= |,)/g, ' on standard input');
}
