import type { Trace } from '../../circuit/trace.ts';
import type { Kernels } from '../../kernels/kernels.ts';
import type { Arena } from '../../kernels/memory.ts';
import type { Matrix } from '../../matrix.ts';
import type { Engine, Evaluator } from '../engine.ts';
import type { Blueprint, NetworkOptions } from '../options.ts';
import type { Source } from '../sources.ts';
import { compile } from './compile.ts';
import { Evaluation } from './evaluate.ts';
import { Placement } from './placement.ts';

/**
 * The engine for networks of one hidden layer that learn one sample at a time: their trace is one program, which learns thousands
 * of samples without leaving WebAssembly, and their synapses are represented as suits them. See `suitsOnline`.
 */
export class OnlineEngine implements Engine {
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #placement: Placement;
  readonly #program: number;

  /** @param learning what is done to learn one sample */
  constructor(arena: Arena, kernels: Kernels, blueprint: Blueprint, learning: Trace, options: NetworkOptions) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#placement = new Placement(arena, kernels, blueprint, learning, options);
    this.#program = compile(arena, this.#placement, learning);
  }

  get samplesSeen(): number {
    return this.#placement.samplesSeen;
  }

  get readsLists(): boolean {
    return this.#placement.readsLists;
  }

  start(): void {
    this.#placement.start();
  }

  learn(source: Source, count: number): number {
    return this.#kernels.learn(this.#program, source.address, 0, count);
  }

  get weightNames(): readonly string[] {
    return this.#placement.weightNames;
  }

  weights(): Record<string, Matrix> {
    return this.#placement.weights();
  }

  weightsOf(name: string): Matrix {
    return this.weights()[name]!;
  }

  setPlasticity(plasticity: Blueprint['plasticity']): void {
    this.#placement.setPlasticity(plasticity);
  }

  state(): readonly (Float32Array | Float64Array)[] {
    return this.#placement.state();
  }

  evaluate(trace: Trace): Evaluator {
    return new Evaluation(this.#kernels, this.#arena.memory, this.#placement, trace);
  }

  /** All that it has lies in that arena. */
  dispose(): void {}
}
