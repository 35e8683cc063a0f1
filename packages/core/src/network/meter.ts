import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import { weightName } from '../circuit/synapses.ts';
import type { Trace } from '../circuit/trace.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import type { Matrix } from '../matrix.ts';
import type { LaidOut } from '../rules/lay-out.ts';
import type { Blueprint, NetworkOptions } from './options.ts';
import { Lasting } from './plain/lasting.ts';
import { Matrices } from './plain/matrices.ts';
import { drawsOf, Noise, writerOf } from './plain/noise.ts';
import { Program } from './plain/program.ts';
import { blockSamples, type Source } from './sources.ts';

/** Signals that a trace computes, to be measured. */
export interface Measured {
  readonly trace: Trace;
  readonly signals: readonly number[];
}

/** What a rule's energy is computed by, and the signals that are it, one a layer; undefined where the rule has none. */
export function traceEnergy({ circuit, behaviour: { energy } }: Pick<LaidOut, 'circuit' | 'behaviour'>) {
  return energy && traceSignals(circuit, energy);
}

/** What a rule's objective is computed by: the signals of its terms, and their factors; undefined where the rule has none. */
export function traceObjective({ circuit, behaviour: { objective } }: Pick<LaidOut, 'circuit' | 'behaviour'>) {
  if (!objective) return undefined;
  let factors: readonly number[] = [];
  const measured = traceSignals(circuit, (x, y) => {
    const terms = objective(x, y);
    factors = terms.map(([factor]) => factor);
    return terms.map(([, of]) => of);
  });
  return { ...measured, factors };
}

function traceSignals(
  circuit: Circuit,
  signalsOf: (x: Signal<'stimulus'>, y: Signal<'label'>) => readonly Signal<string>[],
): Measured {
  let signals: readonly number[] = [];
  const trace = circuit.trace((x, y) => {
    signals = signalsOf(x, y).map(({ id }) => id);
    return undefined;
  });
  return { trace, signals };
}

/** Measures signals over samples, with a copy of the weights; nothing is learned. */
export class Meter {
  readonly #signals: readonly number[];
  readonly #blueprint: Blueprint;
  readonly #arena: Arena;
  readonly #matrices: Matrices;
  readonly #lasting: Lasting;
  readonly #noise: Noise;
  readonly #program: Program;

  constructor(
    kernels: Kernels,
    memory: WebAssembly.Memory,
    blueprint: Blueprint,
    { trace, signals }: Measured,
    { seed = 0, noise }: Pick<NetworkOptions, 'seed' | 'noise'>,
  ) {
    const { circuit } = blueprint;
    this.#signals = signals;
    this.#blueprint = blueprint;
    this.#arena = new Arena(memory);
    this.#matrices = new Matrices(this.#arena, circuit.allSynapses);
    this.#lasting = new Lasting(this.#arena, circuit, [trace]);
    this.#noise = new Noise(seed, drawsOf(trace, circuit));
    this.#program = new Program({
      ...{ kernels, memory, circuit, trace, capacity: blockSamples, learns: false },
      ...{ matrices: this.#matrices, lasting: this.#lasting },
      noise: noise ? writerOf(memory, noise) : this.#noise.writer(kernels, memory),
    });
  }

  /**
   * Of signals in cells, the mean over the samples of the sum over the cells; of what synapses have, the sum of the squares of the mean.
   * Samples are those of the source, from position 0 on.
   */
  measure(weights: Readonly<Record<string, Matrix>>, source: Source, count: number): readonly number[] {
    const { circuit } = this.#blueprint;
    for (const { name } of circuit.allSynapses) this.#matrices.write(name, weights[weightName(name)]!);
    this.#lasting.start(weights);
    this.#noise.goTo({ samples: 0, updates: 0 });
    const sums = this.#signals.map((id) => {
      const { matrix, size } = this.#program.slot(id);
      return new Float64Array(matrix ? size : 1);
    });
    for (let first = 0; first < count; first += blockSamples) {
      const part = Math.min(blockSamples, count - first);
      this.#program.run(source, source.place(first, part), part);
      for (const [i, id] of this.#signals.entries()) {
        const sum = sums[i]!;
        const values = this.#program.read(id, part);
        if (!this.#program.slot(id).matrix) for (const value of values) sum[0]! += value;
        else for (let at = 0; at < sum.length; at++) sum[at]! += part * values[at]!;
      }
    }
    return this.#signals.map((id, i) => {
      const [sum, isMatrix] = [sums[i]!, this.#program.slot(id).matrix !== undefined];
      return isMatrix ? sum.reduce((squares, each) => squares + (each / count) ** 2, 0) : sum[0]! / count;
    });
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#program.dispose();
    this.#arena.dispose();
  }
}
