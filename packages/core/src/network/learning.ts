import { DivergenceError } from '../errors.ts';
import type { Computation } from './computation.ts';
import type { Advance, Engine } from './engine.ts';
import type { Rest } from './rest.ts';
import type { SampleSource, Source, Stage } from './sources.ts';

/** How a network learns what lies in memory, and rows that it is given. What has diverged learns no more, until it begins anew. */
export class Learning {
  readonly #rule: string;
  readonly #engine: Engine;
  readonly #stage: Stage;
  readonly #computation: Computation;
  readonly #rest: Rest;
  #diverged: DivergenceError | undefined;

  /** @param stage where rows are put. @param computation what is to forget the weights that it has computed with, as is what knows of rest */
  constructor(rule: string, engine: Engine, stage: Stage, computation: Computation, rest: Rest) {
    this.#rule = rule;
    this.#engine = engine;
    this.#stage = stage;
    this.#computation = computation;
    this.#rest = rest;
  }

  /** The weights are others than those with which it may have diverged. */
  beginAnew(): void {
    this.#computation.forget();
    this.#diverged = undefined;
  }

  /** Learns so many samples of a source, in its order. @throws DivergenceError */
  learn(source: Source, count: number): void {
    this.#begin();
    const before = this.#engine.samplesSeen;
    if (this.#engine.learn(source, count) < count) this.#diverge(this.#notFinite());
    this.#checkLasting();
    if (this.#rest.isDue(before)) this.checkRest();
  }

  /** @throws DivergenceError where cells do not come to rest any more */
  checkRest(): void {
    try {
      this.#rest.check();
    } catch (error) {
      if (error instanceof DivergenceError) this.#diverge(error);
      throw error;
    }
  }

  /** Learns the samples of a source that have these numbers, in this order. @throws DivergenceError */
  learnNumbers(source: SampleSource, numbers: Uint32Array): void {
    for (let first = 0; first < numbers.length; ) {
      const part = numbers.subarray(first, first + Math.min(source.capacity, this.#rest.next));
      source.order.set(part);
      this.learn(source, part.length);
      first += part.length;
    }
  }

  /** Learns so many rows, a block after the other. @throws DivergenceError */
  learnRows(X: ArrayLike<number>, Y: ArrayLike<number>, count: number): void {
    for (let first = 0; first < count; ) {
      const part = Math.min(this.#stage.capacity, this.#rest.next, count - first);
      this.#stage.fill(X, Y, first, part);
      this.learn(this.#stage, part);
      first += part;
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
      if (advanced.steps < part) this.#diverge(this.#notFinite());
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
    if (found) this.#diverge(new DivergenceError(this.#engine.samplesSeen, this.#rule, found));
  }

  /** What is said of a sample whose changes are not finite. */
  #notFinite(): DivergenceError {
    return new DivergenceError(this.#engine.samplesSeen + 1, this.#rule, this.#engine.diverged);
  }

  #diverge(error: DivergenceError): never {
    this.#diverged = error;
    throw error;
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
