import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { type WriteOptions, writeAtomically } from '../files/atomic-write.ts';
import { textIfThere } from '../files/read-file.ts';
import { explaining } from '../files/write-problem.ts';
import type { RunEvaluation } from './result.ts';

/** The evaluations of a run on disk: `metrics.jsonl`, a line of JSON each, appended as they come. */
export class MetricsLog {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** @throws InputError where the system refuses it, saying why and what to do */
  append(evaluation: RunEvaluation): void {
    explaining(this.#path, () => appendFileSync(this.#path, line(evaluation)));
  }

  /** Waits until the disk has all lines: before a checkpoint that relies on them. */
  sync(): void {
    explaining(this.#path, () => {
      const file = openSync(this.#path, 'a');
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    });
  }

  /** The evaluations that are there: every whole line, up to the first that is not one. */
  read(): RunEvaluation[] {
    const lines = (textIfThere(this.#path) ?? '').split('\n');
    const evaluations: RunEvaluation[] = [];
    // What follows the last line break was cut short, or is empty.
    for (const text of lines.slice(0, -1)) {
      const evaluation = parseEvaluation(text);
      if (evaluation === undefined) break;
      evaluations.push(evaluation);
    }
    return evaluations;
  }

  /** Makes the file hold these evaluations; untouched where it does. */
  repair(evaluations: readonly RunEvaluation[], options: WriteOptions = {}): void {
    const text = evaluations.map(line).join('');
    if (textIfThere(this.#path) !== text) writeAtomically(this.#path, text, options);
  }
}

function line(evaluation: RunEvaluation): string {
  return `${JSON.stringify(evaluation)}\n`;
}

/** The evaluation that a line of `metrics.jsonl` is; undefined where it is none. */
export function parseEvaluation(text: string): RunEvaluation | undefined {
  try {
    const value = JSON.parse(text);
    return Number.isSafeInteger(value?.samples) ? value : undefined;
  } catch {
    return undefined;
  }
}
