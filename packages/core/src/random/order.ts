import { InputError, written } from '../errors.ts';
import { RandomStream } from './stream.ts';

/** The same permutation of the samples every epoch, a new one for each, or none: every epoch has them as they are given. */
export type Order = 'repeated' | 'reshuffled' | 'as-given';

export const orderNames: readonly Order[] = ['repeated', 'reshuffled', 'as-given'];

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

  /**
   * @param count T, how many samples there are
   * @throws InputError for an order that there is not, and a seed that is no whole number from 0 to 2⁵³ − 1
   */
  constructor(count: number, order: Order, seed: number) {
    if (!orderNames.includes(order)) {
      throw new InputError(`there is no order ${written(order)}; there are ${orderNames.join(', ')}`);
    }
    if (!(Number.isSafeInteger(seed) && seed >= 0)) {
      throw new InputError(
        `the seed of the order must be a whole number from 0 to ${Number.MAX_SAFE_INTEGER}, not ${written(seed)}`,
      );
    }
    this.#count = count;
    this.#order = order;
    this.#seed = seed;
  }

  /** The sample numbers from this position on, at most to the end of its epoch and at most `most` of them. */
  from(position: number, most: number): Uint32Array {
    const epoch = this.#order === 'reshuffled' ? Math.floor(position / this.#count) : 0;
    if (epoch !== this.#epoch) {
      this.#permutation = this.#permute(epoch);
      this.#epoch = epoch;
    }
    const start = position % this.#count;
    return this.#permutation.subarray(start, Math.min(this.#count, start + most));
  }

  #permute(epoch: number): Uint32Array {
    if (this.#order === 'as-given') return Uint32Array.from({ length: this.#count }, (_, i) => i);
    return new RandomStream(this.#seed, `order of epoch ${epoch}`).permutation(this.#count);
  }
}
