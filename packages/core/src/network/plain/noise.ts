import type { Distribution } from '../../circuit/start.ts';
import { RandomStream } from '../../random/stream.ts';

/** Where deviates come from, by the name of the noise: `length` more of them. Tests have their own. */
export type NoiseSource = (name: string, distribution: Distribution, length: number) => ArrayLike<number>;

/** Words of a random stream that a deviate takes. */
const wordsOfDeviate = 2;

/**
 * The deviates of a network's noises: those of a name are a stream of its seed and name, one after the other, sample after sample
 * and cell after cell.
 */
export class Noise {
  readonly #streams: readonly RandomStream[];
  readonly #drawn: Float64Array;
  readonly #names: readonly string[];

  constructor(seed: number, names: readonly string[]) {
    this.#names = names;
    this.#drawn = new Float64Array(names.length);
    this.#streams = names.map((name) => new RandomStream(seed, `noise ${name}`));
  }

  readonly draw: NoiseSource = (name, distribution, length) => {
    const place = this.#names.indexOf(name);
    const stream = this.#streams[place]!;
    stream.position = wordsOfDeviate * this.#drawn[place]!;
    this.#drawn[place]! += length;
    if ('normal' in distribution) {
      return Float32Array.from({ length }, () => distribution.normal * stream.normal());
    }
    return Float32Array.from({ length }, () => distribution.uniform * (2 * stream.uniform() - 1));
  };

  /** Back to the beginning. */
  restart(): void {
    this.#drawn.fill(0);
  }

  /** How many deviates each noise has given. */
  get state(): readonly Float64Array[] {
    return this.#names.length > 0 ? [this.#drawn] : [];
  }
}
