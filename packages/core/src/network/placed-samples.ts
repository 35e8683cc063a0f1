import { checkSamples, checkShape } from '../check-samples.ts';
import { InputError } from '../errors.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Arena } from '../kernels/memory.ts';
import type { Samples } from '../samples.ts';
import { placeSamples, type SampleSource } from './sources.ts';

/** What samples of a network have. */
export interface SampleShape {
  /** m */
  readonly inputs: number;
  /** n */
  readonly labels: number;
}

/** The data sets that a network has seen, each checked and put where the kernels read it once. */
export class PlacedSamples {
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #shape: SampleShape;
  readonly #how: Parameters<typeof placeSamples>[3];
  readonly #sources = new WeakMap<Samples, SampleSource>();

  constructor(arena: Arena, kernels: Kernels, shape: SampleShape, how: Parameters<typeof placeSamples>[3]) {
    this.#arena = arena;
    this.#kernels = kernels;
    this.#shape = shape;
    this.#how = how;
  }

  /** Where the kernels read them. @throws InputError for samples of another shape, or without labels where those are read */
  of(samples: Samples, reads: 'inputs' | 'labels'): SampleSource {
    checkShape(samples, this.#shape, reads);
    let source = this.#sources.get(samples);
    if (!source) {
      checkSamples(samples);
      source = placeSamples(this.#arena, this.#kernels, samples, this.#how);
      this.#sources.set(samples, source);
    }
    return source;
  }
}

/** @throws InputError for numbers of samples that there are not */
export function checkNumbers({ count }: Samples, numbers: Uint32Array): void {
  const wrong = numbers.find((number) => number >= count);
  if (wrong !== undefined) throw new InputError(`there are ${count} samples, from 0 on; number ${wrong} was asked for`);
}
