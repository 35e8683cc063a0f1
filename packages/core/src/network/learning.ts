import { DivergenceError } from '../errors.ts';
import type { Computation } from './computation.ts';
import type { Advance, Engine } from './engine.ts';
import type { SampleSource, Source, Stage } from './sources.ts';

/** How a network learns what lies in memory, and rows that it is given. What has diverged learns no more, until it begins anew. */
export class Learning {
  readonly #rule: string;
  readonly #engine: Engine;
  readonly #stage: Stage;
  readonly #computation: Computation;
  #diverged: DivergenceError | undefined;

  /** @param stage where rows are put. @param computation what is to forget the weights that it has computed with */
  constructor(rule: string, engine: Engine, stage: Stage, computation: Computation) {
    this.#rule = rule;
    this.#engine = engine;
    this.#stage = stage;
    this.#computation = computation;
  }

  /** The weights are others than those with which it may have diverged. */
  beginAnew(): void {
    this.#computation.forget();
    this.#diverged = undefined;
  }

  /** Learns so many samples of a source, in its order. @throws DivergenceError */
  learn(source: Source, count: number): void {
    this.#begin();
    if (this.#engine.learn(source, count) < count) this.#diverge(this.#engine.samplesSeen + 1, this.#engine.diverged);
    this.#checkLasting();
  }

  /** Learns the samples of a source that have these numbers, in this order. @throws DivergenceError */
  learnNumbers(source: SampleSource, numbers: Uint32Array): void {
    for (let first = 0; first < numbers.length; first += source.capacity) {
      const part = numbers.subarray(first, first + source.capacity);
      source.order.set(part);
      this.learn(source, part.length);
    }
  }

  /** Learns so many rows, a block after the other. @throws DivergenceError */
  learnRows(X: ArrayLike<number>, Y: ArrayLike<number>, count: number): void {
    for (let first = 0; first < count; first += this.#stage.capacity) {
      const part = Math.min(this.#stage.capacity, count - first);
      this.#stage.fill(X, Y, first, part);
      this.learn(this.#stage, part);
    }
  }

  /** Does so many steps of time, of an engine that can. @returns what each signal was in each step. @throws DivergenceError */
  advance(X: ArrayLike<number>, Y: ArrayLike<number>, count: number, how: Advance): Float32Array[] {
    const kept: Float32Array[][] = how.record.map(() => []);
    this.#begin();
    for (let first = 0; first < count; first += this.#stage.capacity) {
      const part = Math.min(this.#stage.capacity, count - first);
      this.#stage.fill(X, Y, first, part);
      const advanced = this.#engine.advance!(this.#stage, part, how);
      for (const [i, rows] of advanced.kept.entries()) kept[i]!.push(rows);
      if (advanced.steps < part) this.#diverge(this.#engine.samplesSeen + 1, this.#engine.diverged);
      this.#checkLasting();
    }
    return kept.map(joined);
  }

  #begin(): void {
    if (this.#diverged) throw this.#diverged;
    this.#computation.forget();
  }

  /** @throws DivergenceError where a state that lasts is not finite, whatever the weights are */
  #checkLasting(): void {
    const found = this.#engine.notFinite?.();
    if (found) this.#diverge(this.#engine.samplesSeen, found);
  }

  #diverge(sample: number, found: Engine['diverged']): never {
    this.#diverged = new DivergenceError(sample, this.#rule, found);
    throw this.#diverged;
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
