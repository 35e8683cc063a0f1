import type { Trace } from '../circuit/trace.ts';
import type { DivergedState } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { Loss } from '../rules/shape.ts';
import type { Plasticity } from './plasticity.ts';
import type { SampleSource, Source } from './sources.ts';

/** What computes a network: it has the weights, and learns samples. */
export interface Engine {
  readonly samplesSeen: number;
  /** Whether inputs are read by the lists of their chunks. */
  readonly readsLists: boolean;
  /** Sets what was given, and the rest to how it starts. */
  start(): void;
  /**
   * Learns samples at positions 0 … count − 1 of the source's order, in batches; the last may be smaller. Returns how many were
   * learned before those whose changes were not finite: `count` if all is well.
   */
  learn(source: Source, count: number): number;
  /** Steps of time, of rules in time: see `Network.advance`. */
  advance?(source: Source, count: number, how: Advance): Advanced;
  /** The state that was the first not to be finite, of those samples, where one settles. */
  readonly diverged?: DivergedState | undefined;
  /** Of rules in time, a state that lasts and is not finite: weights within bounds can hide it. */
  notFinite?(): DivergedState | undefined;
  /** The names of `weights`. */
  readonly weightNames: readonly string[];
  /** Copies of the weights as they are listed, of running means, and of states that last. */
  weights(): Record<string, Matrix>;
  /** A copy of those of this name. */
  weightsOf(name: string): Matrix;
  setPlasticity(plasticity: ReadonlyMap<string, Plasticity>): void;
  /** Everything that the future depends on. */
  state(): readonly (Float32Array | Float64Array)[];
  /** What a trace computes at the weights of this moment. */
  evaluate(trace: Trace): Evaluator;
  /** Gives back the memory that it has besides the arena that it was given. */
  dispose(): void;
}

/** How steps of time are done. */
export interface Advance {
  /** Whether synapses learn. */
  readonly plastic: boolean;
  /** The signals that are kept, by their numbers in the trace. */
  readonly record: readonly number[];
}

/** What came of steps of time. */
export interface Advanced {
  /** How many were done before one whose changes were not finite. */
  readonly steps: number;
  /** What each of the signals was in each step, cells after cells. */
  readonly kept: readonly Float32Array[];
}

/** What a network computes for samples without learning. */
export interface Evaluator {
  /** Numbers in one result. */
  readonly size: number;
  /** The results for samples first … first + count − 1, at most a block, written one after the other into `results`. */
  compute(source: Source, first: number, count: number, results: Float32Array): void;
  /** The results for the first `count` samples of the source's order, at most a block. */
  computeListed(source: SampleSource, count: number, results: Float32Array): void;
  /** Σ of ‖label − result‖², or of the cross-entropy, over samples first … first + count − 1, at most a block. */
  loss(kind: Loss, source: Source, first: number, count: number): number;
  /** Gives the memory back. */
  dispose(): void;
}
