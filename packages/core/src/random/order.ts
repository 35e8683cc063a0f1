import { RandomStream } from './stream.ts';

/** The same permutation of the samples every epoch, or a new one for each. */
export type Order = 'repeated' | 'reshuffled';

/**
 * In what order the samples are presented, as a function of the seed and of how many were presented before: sample numbers
 * at positions first … first + count − 1 of the endless sequence of epochs.
 */
export class Presentation {
  readonly #count: number;
  readonly #order: Order;
  readonly #seed: number;
  #epoch = -1;
  #permutation: Uint32Array = new Uint32Array();

  /** @param count T, how many samples there are */
  constructor(count: number, order: Order, seed: number) {
    this.#count = count;
    this.#order = order;
    this.#seed = seed;
  }

  /** The sample numbers from this position on, at most to the end of its epoch and at most `most` of them. */
  from(position: number, most: number): Uint32Array {
    const epoch = this.#order === 'repeated' ? 0 : Math.floor(position / this.#count);
    if (epoch !== this.#epoch) {
      this.#permutation = new RandomStream(this.#seed, `order of epoch ${epoch}`).permutation(this.#count);
      this.#epoch = epoch;
    }
    const start = position % this.#count;
    return this.#permutation.subarray(start, Math.min(this.#count, start + most));
  }
}
