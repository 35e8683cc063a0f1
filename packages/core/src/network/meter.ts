import type { Circuit } from '../circuit/circuit.ts';
import type { Signal } from '../circuit/signal.ts';
import { weightName } from '../circuit/synapses.ts';
import { isFunction, type Operation, type Trace } from '../circuit/trace.ts';
import type { Kernels } from '../kernels/kernels.ts';
import { Arena } from '../kernels/memory.ts';
import type { Matrix } from '../matrix.ts';
import type { LaidOut } from '../rules/lay-out.ts';
import type { Blueprint, NetworkOptions } from './options.ts';
import type { Watch } from './plain/block.ts';
import { Lasting } from './plain/lasting.ts';
import { Matrices } from './plain/matrices.ts';
import { drawsOf, Noise, writerOf } from './plain/noise.ts';
import { Program } from './plain/program.ts';
import { blockSamples, type Source } from './sources.ts';

/** Signals that a trace computes, or products of two, to be measured. */
export interface Measured {
  readonly trace: Trace;
  readonly signals: readonly (number | readonly [number, number])[];
}

/** What a rule's energy is computed by, and the signals that are it, one a layer; undefined where the rule has none. */
export function traceEnergy({ circuit, behaviour: { energy } }: Pick<LaidOut, 'circuit' | 'behaviour'>) {
  return energy && traceSignals(circuit, energy);
}

/**
 * The same in each step of settling, too, at the state before it: what computes the energy is done within what is repeated as well.
 * Undefined where nothing is repeated, or where more than that follows it.
 */
export function traceEnergySteps({ trace, signals }: Measured): (Measured & { readonly steps: number }) | undefined {
  const place = trace.operations.findIndex(({ kind }) => kind === 'repeat');
  const settling = trace.operations[place];
  const after = trace.operations.slice(place + 1);
  if (settling?.kind !== 'repeat' || !after.every(isFunction)) return undefined;
  const { body } = settling;
  const watched: Operation = { ...settling, body: { ...body, operations: [...body.operations, ...after] } };
  const operations = [...trace.operations.slice(0, place), watched, ...after];
  return { trace: { ...trace, operations }, signals, steps: settling.steps };
}

/** What a rule's objective is computed by: the signals of its terms, and their factors; undefined where the rule has none. */
export function traceObjective({ circuit, behaviour: { objective } }: Pick<LaidOut, 'circuit' | 'behaviour'>) {
  if (!objective) return undefined;
  let factors: readonly number[] = [];
  const measured = traceSignals(circuit, (x, y) => {
    const terms = objective(x, y);
    factors = terms.map(([factor]) => factor);
    return terms.map(([, of, and]) => (and ? [of, and] : of));
  });
  return { ...measured, factors };
}

function traceSignals(
  circuit: Circuit,
  signalsOf: (
    x: Signal<'stimulus'>,
    y: Signal<'label'>,
  ) => readonly (Signal<string> | readonly [Signal<string>, Signal<string>])[],
): Measured {
  let signals: Measured['signals'] = [];
  const trace = circuit.trace((x, y) => {
    signals = signalsOf(x, y).map((each) => ('id' in each ? each.id : [each[0].id, each[1].id]));
    return undefined;
  });
  return { trace, signals };
}

/** Who follows what is measured, block after block. */
export interface Measuring {
  /** Makes what looks at what is repeated with so many samples. */
  watch?(meter: Meter, count: number): Watch;
  /** Is called after each block. */
  measured?(meter: Meter, count: number): void;
}

/** Measures signals over samples, with a copy of the weights; nothing is learned. */
export class Meter {
  readonly #signals: Measured['signals'];
  readonly #blueprint: Blueprint;
  readonly #arena: Arena;
  readonly #matrices: Matrices;
  readonly #lasting: Lasting;
  readonly #noise: Noise;
  readonly #program: Program;
  #sums: readonly Sum[] = [];

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
    this.#noise = new Noise(seed, [drawsOf(trace, circuit)]);
    this.#program = new Program({
      ...{ kernels, memory, circuit, trace, capacity: blockSamples, learns: false },
      ...{ matrices: this.#matrices, lasting: this.#lasting },
      noise: noise ? writerOf(memory, noise) : this.#noise.writer(kernels, memory),
    });
  }

  /** Measures at these weights, from no samples on. */
  begin(weights: Readonly<Record<string, Matrix>>): void {
    const { circuit } = this.#blueprint;
    for (const { name } of circuit.allSynapses) this.#matrices.write(name, weights[weightName(name)]!);
    this.#lasting.start(weights);
    this.#noise.goTo();
    this.#sums = this.#signals.map((each) => this.#sumOf(each));
  }

  /** Adds samples first … first + count − 1 of the source, at most a block. @throws NotFinite for a state that settles */
  add(source: Source, first: number, count: number, watch?: Watch): void {
    this.#program.run(source, source.place(first, count), count, { watch });
    for (const sum of this.#sums) sum.add(count);
  }

  /**
   * Of signals in cells, the mean over so many samples of the sum over the cells; of what synapses have, and of products of two signals,
   * the sum of the squares of the mean.
   */
  values(count: number): readonly number[] {
    return this.#sums.map((sum) => sum.value(count));
  }

  /** What signals in cells are now, summed over the cells and the `count` samples of the block. */
  now(count: number): readonly number[] {
    return this.#signals.map((each) => {
      return this.#program.read(each as number, count).reduce((total, value) => total + value, 0);
    });
  }

  #sumOf(measured: Measured['signals'][number]): Sum {
    if (typeof measured !== 'number') return this.#sumOfProducts(...measured);
    const { matrix, size } = this.#program.slot(measured);
    const sums = new Float64Array(matrix ? size : 1);
    if (!matrix) {
      const add = (part: number) => {
        for (const value of this.#program.read(measured, part)) sums[0]! += value;
      };
      return { add, value: (count) => sums[0]! / count };
    }
    const add = (part: number) => {
      const values = this.#program.read(measured, part);
      for (let at = 0; at < size; at++) sums[at]! += part * values[at]!;
    };
    return { add, value: (count) => squares(sums, count) };
  }

  #sumOfProducts(left: number, right: number): Sum {
    const [rows, columns] = [this.#program.slot(left).size, this.#program.slot(right).size];
    const sums = new Float64Array(rows * columns);
    const add = (part: number) => {
      const [a, b] = [this.#program.read(left, part), this.#program.read(right, part)];
      for (let t = 0; t < part; t++) {
        for (let at = 0; at < sums.length; at++) {
          sums[at]! += a[t * rows + Math.floor(at / columns)]! * b[t * columns + (at % columns)]!;
        }
      }
    };
    return { add, value: (count) => squares(sums, count) };
  }

  /** Gives the memory back. */
  dispose(): void {
    this.#program.dispose();
    this.#arena.dispose();
  }
}

/** What is summed over blocks of samples. */
interface Sum {
  /** Adds the samples of the block that was computed last. */
  add(part: number): void;
  value(count: number): number;
}

/** The sum of the squares of means. */
function squares(sums: Float64Array, count: number): number {
  return sums.reduce((total, each) => total + (each / count) ** 2, 0);
}
