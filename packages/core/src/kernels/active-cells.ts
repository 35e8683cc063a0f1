import type { Kernels } from './kernels.ts';
import { writeStructure } from './layout.ts';
import type { Arena } from './memory.ts';

/** Entries beyond the active cells that their lists are filled up with. */
export const spareRows = 3;

/**
 * Rectified cells in the kernels' memory, of which few are active, with the running mean of each as z̄ = ρ ζ, in float64. See
 * assembly/active-cells.ts.
 */
export class ActiveCells {
  readonly address: number;
  readonly size: number;
  /** What learning changes. */
  readonly state: readonly Float64Array[];
  readonly #kernels: Kernels;
  readonly #zeta: Float64Array;
  readonly #scales: Float64Array;

  /** @param meanRate ε of the running mean; 0: nothing is subtracted */
  constructor(arena: Arena, kernels: Kernels, size: number, meanRate: number) {
    this.#kernels = kernels;
    this.size = size;
    this.#zeta = arena.float64(size);
    this.#scales = arena.float64(2);
    this.#scales[0] = 1;
    this.state = [this.#zeta, this.#scales];
    const list = () => arena.allocate(4 * (size + spareRows));
    this.address = writeStructure(arena, 'activeCells', {
      size,
      count: 0,
      zeta: this.#zeta.byteOffset,
      scales: this.#scales.byteOffset,
      rows: list(),
      values: list(),
      zetaBefore: list(),
      meanRate,
      step: 0,
      zetaDotOutput: 0,
      valuesDotZeta: 0,
    });
  }

  /** z̄ */
  readMean(): Float64Array {
    const rho = this.#scales[0] as number;
    return this.#zeta.map((value) => rho * value);
  }

  /** Sets z̄. Weights of synapses at these cells must be written after it. */
  writeMean(mean: ArrayLike<number>): void {
    this.#zeta.set(mean);
    this.#scales[0] = 1;
    this.#kernels.startCells(this.address);
  }

  /** Cells without a running mean, as they were made. */
  clear(): void {
    this.#zeta.fill(0);
    this.#scales.set([1, 0]);
  }

  /** ζ, for synapses that are relative to it. */
  get zeta(): Float64Array {
    return this.#zeta;
  }
}
