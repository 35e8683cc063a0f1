import { writeStructure } from './layout.ts';
import type { Arena } from './memory.ts';

/** The functions of assembly/activation.ts. */
export const functionCodes = { relu: 1, tanh: 2 } as const;

/** A nonlinearity in the kernels' memory, with the running mean of each cell where one is subtracted. */
export class ActivationState {
  readonly address: number;
  /** What learning changes: z̄, one number a cell; empty where no mean is subtracted. */
  readonly state: readonly Float64Array[];
  readonly #mean: Float64Array;

  /** @param meanRate ε of the running mean; undefined: nothing is subtracted */
  constructor(arena: Arena, name: keyof typeof functionCodes, size: number, meanRate?: number) {
    this.#mean = arena.float64(meanRate === undefined ? 0 : size);
    this.state = [this.#mean];
    this.address = writeStructure(arena, 'activation', {
      function: functionCodes[name],
      size,
      mean: meanRate === undefined ? 0 : this.#mean.byteOffset,
      meanRate: meanRate ?? 0,
    });
  }

  /** z̄; empty where no mean is subtracted. */
  readMean(): Float64Array {
    return this.#mean;
  }

  /** Sets z̄. */
  writeMean(mean: ArrayLike<number>): void {
    this.#mean.set(mean);
  }
}
