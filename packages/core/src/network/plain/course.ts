import type { Kernels } from '../../kernels/kernels.ts';
import { Arena } from '../../kernels/memory.ts';
import type { Advance, Advanced } from '../engine.ts';
import type { Source } from '../sources.ts';
import { NotFinite } from './diverged.ts';
import type { Program } from './program.ts';
import type { Slot } from './slots.ts';
import { type ListenedKernels, Tape } from './tape.ts';

/** What a step is done by: with learning, and without. */
interface Programs {
  readonly learning: Program;
  readonly frozen: Program;
}

/** The course of time of a network: steps one after the other, in WebAssembly where they fit a tape, and what signals were in them. */
export class Course {
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #listened: ListenedKernels;
  readonly #programs: Programs;
  /** By what is done and kept: a run goes to and fro between a few. */
  readonly #tapes = new Map<string, { readonly tape: Tape; readonly kept: readonly Float32Array[] }>();

  constructor(memory: WebAssembly.Memory, kernels: Kernels, listened: ListenedKernels, programs: Programs) {
    this.#arena = new Arena(memory);
    this.#kernels = kernels;
    this.#listened = listened;
    this.#programs = programs;
  }

  /**
   * @param done how many steps were done before. @param taped whether they can be on a tape
   * @param stepped told how many more steps were done, whenever some were
   */
  advance(
    source: Source,
    count: number,
    done: number,
    {
      plastic,
      record,
      taped,
      stepped,
    }: Advance & { readonly taped: boolean; readonly stepped: (steps: number) => void },
  ): Advanced {
    const program = plastic ? this.#programs.learning : this.#programs.frozen;
    if (!taped) return stepByStep(program, source, count, record, stepped);
    const { tape, kept } = this.#tapeOf(program, source, done, record);
    const steps = tape.play(count, done);
    stepped(steps);
    return {
      steps,
      kept: record.map((signal, i) => unpadded(kept[i]!, program.slot(signal), steps)),
    };
  }

  /** The tape of these steps: one for each set of signals that is kept. */
  #tapeOf(program: Program, source: Source, done: number, record: readonly number[]) {
    const key = JSON.stringify([program === this.#programs.learning, source.address, record]);
    const known = this.#tapes.get(key);
    if (known) return known;
    const kept = record.map((signal) => this.#arena.float32(source.capacity * program.slot(signal).stride));
    const tape = new Tape(this.#arena, this.#kernels, this.#listened, {
      step: (position) => program.run(source, position, 1),
      done,
      kept: record.map((signal, i) => ({ ...program.slot(signal), to: kept[i]!.byteOffset })),
    });
    const made = { tape, kept };
    this.#tapes.set(key, made);
    return made;
  }

  /** Rates are other ones from now on. */
  forget(): void {
    this.#tapes.clear();
    this.#arena.dispose();
  }

  dispose(): void {
    this.forget();
    this.#programs.frozen.dispose();
  }
}

/** The vectors of so many steps without what fills them up. */
function unpadded(vectors: Float32Array, { size, stride }: Slot, steps: number): Float32Array {
  const values = new Float32Array(steps * size);
  for (let step = 0; step < steps; step++) {
    for (let cell = 0; cell < size; cell++) values[step * size + cell] = vectors[step * stride + cell]!;
  }
  return values;
}

/** Steps that do not fit a tape. */
function stepByStep(
  program: Program,
  source: Source,
  count: number,
  record: readonly number[],
  stepped: (steps: number) => void,
): Advanced {
  const rows: Float32Array[][] = record.map(() => []);
  let steps = 0;
  try {
    for (; steps < count; steps++) {
      program.run(source, steps, 1);
      stepped(1);
      for (const [i, signal] of record.entries()) rows[i]!.push(program.read(signal, 1));
    }
  } catch (error) {
    if (!(error instanceof NotFinite)) throw error;
  }
  return { steps, kept: rows.map(joined) };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const size = rows[0]?.length ?? 0;
  const all = new Float32Array(rows.length * size);
  for (const [at, row] of rows.entries()) all.set(row, at * size);
  return all;
}
