import type { Slot } from './slots.ts';

/** Which samples of a block still settle, where each of them does until it is at rest. */
export class Settling {
  readonly #memory: WebAssembly.Memory;
  readonly #signals: readonly Slot[];
  readonly #tolerance: number;
  readonly #moving: Uint8Array;
  readonly #taken: Uint32Array;
  #count = 0;

  /** @param signals what is zero at rest. @param capacity the most samples of a block */
  constructor(memory: WebAssembly.Memory, signals: readonly Slot[], tolerance: number, capacity: number) {
    this.#memory = memory;
    this.#signals = signals;
    this.#tolerance = tolerance;
    this.#moving = new Uint8Array(capacity);
    this.#taken = new Uint32Array(capacity);
  }

  /** Every sample of the block moves. */
  begin(count: number): void {
    this.#count = count;
    this.#moving.fill(1, 0, count);
    this.#taken.fill(0, 0, count);
  }

  /** Looks which samples are at rest before a step, which those that are not take. */
  look(): void {
    const views = this.#signals.map(({ address, size, stride }) => {
      return { size, stride, values: new Float32Array(this.#memory.buffer, address, this.#count * stride) };
    });
    for (let s = 0; s < this.#count; s++) {
      if (this.#moving[s] === 0) continue;
      if (views.some(({ values, size, stride }) => this.#isAbove(values, s * stride, size))) this.#taken[s]! += 1;
      else this.#moving[s] = 0;
    }
  }

  /** Whether no sample moves any more. */
  get isAtRest(): boolean {
    return !this.#moving.subarray(0, this.#count).includes(1);
  }

  /** How many steps each sample of the block has taken. */
  get taken(): Uint32Array {
    return this.#taken.slice(0, this.#count);
  }

  /** Calls `each` for all runs of samples that move: from which on, and how many. */
  forMoving(each: (first: number, count: number) => void): void {
    const moving = this.#moving.subarray(0, this.#count);
    for (let first = moving.indexOf(1); first !== -1; ) {
      const end = moving.indexOf(0, first);
      const after = end === -1 ? this.#count : end;
      each(first, after - first);
      first = moving.indexOf(1, after);
    }
  }

  #isAbove(values: Float32Array, from: number, size: number): boolean {
    for (let i = from; i < from + size; i++) if (!(Math.abs(values[i]!) <= this.#tolerance)) return true;
    return false;
  }
}
