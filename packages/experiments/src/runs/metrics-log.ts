import { appendFileSync, closeSync, fsyncSync, openSync } from 'node:fs';
import { type WriteOptions, writeAtomically } from '../files/atomic-write.ts';
import { readPieces, textIfThere } from '../files/read-file.ts';
import { explaining } from '../files/write-problem.ts';
import { parseEvaluation } from './read-record.ts';
import type { RunEvaluation } from './result.ts';
import { checkedLine } from './sealed.ts';

/** No file of evaluations, and no line of one, is longer. */
const most = { bytes: 1 << 28, lineBytes: 1 << 20 };

/** What a file of evaluations says. */
export interface MetricsReading {
  /** Every whole line, up to the first that is damaged. */
  readonly evaluations: RunEvaluation[];
  /** What is wrong there, in words that begin with the file and the line: `DIR/metrics.jsonl:3: …`. */
  readonly problem?: string;
  /** Whether each of these lines has its checksum. */
  readonly isSealed: boolean;
}

/** The evaluations of a run on disk: `metrics.jsonl`, a line of JSON each with its checksum, appended as they come. */
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
    return this.inspect().evaluations;
  }

  /**
   * The evaluations that are there, and what is wrong with the first line that is none.
   *
   * @param evaluateAt the samples at which they are to be, where that is known
   * @param mustBeSealed whether a line without a checksum is none
   */
  inspect(evaluateAt?: readonly number[], mustBeSealed = false): MetricsReading {
    const evaluations: RunEvaluation[] = [];
    let isSealed = true;
    let fault: string | undefined;
    let rest: Buffer = Buffer.alloc(0);
    /** @returns what is wrong with the next line */
    const take = (text: string): string | undefined => {
      const { value, problems, isSealed: isLineSealed } = parseEvaluation(text);
      if (value === undefined) return problems[0];
      if (mustBeSealed && !isLineSealed) return 'is not what the run wrote: it has no checksum';
      const at = evaluateAt === undefined ? value.samples : evaluateAt[evaluations.length];
      if (value.samples !== at) {
        return `is the evaluation at ${value.samples} samples, and ${at === undefined ? 'no other' : `that at ${at}`} is due`;
      }
      isSealed &&= isLineSealed;
      evaluations.push(value);
      return undefined;
    };
    // What follows the last line break was cut short, or is empty.
    const { problem } = readPieces(this.#path, most.bytes, (piece) => {
      const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
      let from = 0;
      for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, from)) {
        fault = take(bytes.toString('utf8', from, end));
        if (fault !== undefined) return false;
        from = end + 1;
      }
      rest = bytes.subarray(from);
      if (rest.length > most.lineBytes) fault = 'is no evaluation: it is too long';
      return fault === undefined;
    });
    const where = fault === undefined ? this.#path : `${this.#path}:${evaluations.length + 1}`;
    const words = fault ?? problem;
    return { evaluations, isSealed, ...(words !== undefined && { problem: `${where}: ${words}` }) };
  }

  /** Makes the file hold these evaluations; untouched where it does. */
  repair(evaluations: readonly RunEvaluation[], options: WriteOptions = {}): void {
    const text = evaluations.map(line).join('');
    if (textIfThere(this.#path) !== text) writeAtomically(this.#path, text, options);
  }
}

function line(evaluation: RunEvaluation): string {
  return `${checkedLine(evaluation)}\n`;
}
