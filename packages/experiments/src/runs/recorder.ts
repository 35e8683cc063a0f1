import type { Matrix } from '@apical/core';
import { type NumericArray, readNpz, writeNpz } from '@apical/data';
import { recordedCells } from '../config/record-conflicts.ts';
import { recordedSteps, spansOf } from '../config/recorded-steps.ts';
import type { RunConfig } from '../config/run-config.ts';

/**
 * What was recorded of a run in time, as arrays by name:
 *
 *     step          after how many steps; time: the same in the unit of the rule
 *     signal.NAME   what it was there, steps × cells; cells.NAME: which cells these are
 *     evaluated     after how many steps weights were taken: 0, and every evaluation
 *     weights.NAME  what they were, evaluations × postsynaptic × presynaptic
 */
export type Recorded = Readonly<Record<string, NumericArray>>;

/** Keeps signals at the steps that a config says, and weights at the evaluations, in memory that is known before. */
export class Recorder {
  readonly #config: RunConfig;
  readonly #dt: number;
  readonly #spans: readonly (readonly [number, number])[];
  readonly #signals: readonly string[];
  readonly #every: number;
  #steps: Int32Array;
  #rows = 0;
  /** By signal: which cells, and what they were. */
  readonly #kept = new Map<string, { readonly cells: number[]; readonly values: Float32Array }>();
  #evaluated: { readonly step: number; readonly weights: Readonly<Record<string, Matrix>> }[] = [];

  /** @param dt the length of a step. @param sizes how many cells each signal has */
  constructor(config: RunConfig, dt: number, sizes: ReadonlyMap<string, number>) {
    const { signals = [], cells, every = 1 } = config.record ?? {};
    this.#config = config;
    this.#dt = dt;
    this.#spans = spansOf(config);
    this.#signals = signals;
    this.#every = every;
    const steps = recordedSteps(config);
    this.#steps = new Int32Array(steps);
    for (const name of signals) {
      const kept = recordedCells(sizes.get(name)!, cells);
      this.#kept.set(name, { cells: kept, values: new Float32Array(steps * kept.length) });
    }
  }

  /** The signals that it is to be told of in the steps after so many; none between spans. */
  signalsAfter(step: number): readonly string[] {
    return this.#spans.some(([from, until]) => from <= step && step < until) ? this.#signals : [];
  }

  /** Where a span begins or ends next, after so many steps. */
  boundaryAfter(step: number): number {
    return Math.min(...this.#spans.flat().filter((at) => at > step), Number.POSITIVE_INFINITY);
  }

  /** Takes what signals were in the steps after the first so many, all of which are in a span. */
  add(first: number, count: number, signals: Readonly<Record<string, Float32Array>>): void {
    for (let i = 0; i < count; i++) {
      const step = first + i + 1;
      if (step % this.#every !== 0) continue;
      this.#steps[this.#rows] = step;
      for (const [name, { cells, values }] of this.#kept) {
        const all = signals[name]!;
        const size = all.length / count;
        for (const [at, cell] of cells.entries()) values[this.#rows * cells.length + at] = all[i * size + cell]!;
      }
      this.#rows += 1;
    }
  }

  /** Takes the weights after so many steps, at the start or at an evaluation. */
  addWeights(step: number, weights: Readonly<Record<string, Matrix>>): void {
    const { weights: names = [] } = this.#config.record ?? {};
    if (names.length === 0) return;
    const taken = Object.fromEntries(names.map((name) => [name, weights[name]!]));
    this.#evaluated.push({ step, weights: taken });
  }

  /** All that was recorded so far. */
  get recorded(): Recorded {
    const { weights = [] } = this.#config.record ?? {};
    const step = this.#steps.slice(0, this.#rows);
    const ofSignals = [...this.#kept].flatMap(([name, { cells, values }]): [string, NumericArray][] => [
      [`signal.${name}`, { shape: [this.#rows, cells.length], data: values.slice(0, this.#rows * cells.length) }],
      [`cells.${name}`, vector(Int32Array.from(cells))],
    ]);
    const ofWeights = weights.map((name): [string, NumericArray] => {
      const taken = this.#evaluated.map((each) => each.weights[name]!);
      const [{ rows, cols } = { rows: 0, cols: 0 }] = taken;
      const data = new Float32Array(taken.length * rows * cols);
      for (const [at, matrix] of taken.entries()) data.set(matrix.data, at * rows * cols);
      return [`weights.${name}`, { shape: [taken.length, rows, cols], data }];
    });
    return {
      ...(ofSignals.length > 0 && {
        step: vector(step),
        time: vector(Float64Array.from(step, (each) => each * this.#dt)),
      }),
      ...Object.fromEntries(ofSignals),
      ...(ofWeights.length > 0 && { evaluated: vector(Int32Array.from(this.#evaluated, (each) => each.step)) }),
      ...Object.fromEntries(ofWeights),
    };
  }

  /** As the bytes of an archive. */
  get bytes(): Uint8Array {
    return writeNpz(this.recorded);
  }

  /** Goes on from what was recorded up to so many steps, of which an evaluation there is done again. */
  resume(bytes: Uint8Array, samples: number): void {
    const recorded = readNpz(bytes, 'checkpoint');
    const { step, evaluated } = recorded;
    if (step) this.#steps.set(step.data);
    this.#rows = step?.data.length ?? 0;
    for (const [name, { values }] of this.#kept) values.set(recorded[`signal.${name}`]!.data);
    const { weights = [] } = this.#config.record ?? {};
    this.#evaluated = Array.from(evaluated?.data ?? [], (at, i) => ({
      step: at,
      weights: Object.fromEntries(weights.map((name) => [name, matrixOf(recorded[`weights.${name}`]!, i)])),
    })).filter((each) => each.step === 0 || each.step < samples);
  }
}

function vector(data: NumericArray['data']): NumericArray {
  return { shape: [data.length], data };
}

/** One of some matrices that lie one after the other. */
function matrixOf({ shape, data }: NumericArray, at: number): Matrix {
  const [, rows = 0, cols = 0] = shape;
  return { rows, cols, data: Float32Array.from(data.subarray(at * rows * cols, (at + 1) * rows * cols)) };
}
