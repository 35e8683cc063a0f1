import { type ActiveCells, spareRows } from './active-cells.ts';
import type { Kernels } from './kernels.ts';
import { writeStructure } from './layout.ts';
import { type Arena, padded } from './memory.ts';

/**
 * Weights in the kernels' memory with rectified cells at one end, one row a cell, as W = α (T − ζ Pᵀ): T and P in float32, rows
 * padded to four columns, α in float64. See assembly/active-synapses.ts.
 */
export class ActiveWeights {
  readonly address: number;
  /** What learning changes. */
  readonly state: readonly (Float32Array | Float64Array)[];
  readonly #kernels: Kernels;
  readonly #cells: ActiveCells;
  readonly #columns: number;
  readonly #stride: number;
  readonly #values: Float32Array;
  readonly #common: Float32Array;
  readonly #scale: Float64Array;

  /** @param rate its address. @param projected whether learning needs Tᵀζ: where the cells drive these synapses while they learn */
  constructor(
    arena: Arena,
    kernels: Kernels,
    { cells, columns, rate, projected }: { cells: ActiveCells; columns: number; rate: number; projected: boolean },
  ) {
    const stride = padded(columns);
    const projection = arena.float32(projected ? stride : 0);
    this.#kernels = kernels;
    this.#cells = cells;
    this.#columns = columns;
    this.#stride = stride;
    this.#values = arena.float32((cells.size + spareRows) * stride);
    this.#common = arena.float32(stride);
    this.#scale = arena.float64(1);
    this.state = [this.#values, this.#common, projection, this.#scale];
    this.address = writeStructure(arena, 'activeSynapses', {
      cells: cells.address,
      stride,
      values: this.#values.byteOffset,
      common: this.#common.byteOffset,
      projected: projected ? projection.byteOffset : 0,
      driven: arena.allocate(4 * stride),
      gain: arena.allocate(4 * stride),
      scale: this.#scale.byteOffset,
      rate,
    });
  }

  /** The weights, cells × columns, row-major. */
  read(): Float32Array {
    const { size, zeta } = this.#cells;
    const weights = new Float32Array(size * this.#columns);
    const scale = this.#scale[0] as number;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < this.#columns; j++) {
        const mean = (zeta[i] as number) * (this.#common[j] as number);
        weights[i * this.#columns + j] = scale * ((this.#values[i * this.#stride + j] as number) - mean);
      }
    }
    return weights;
  }

  /** Sets the weights, cells × columns, row-major. */
  write(weights: Float32Array): void {
    for (let i = 0; i < this.#cells.size; i++) {
      this.#values.set(weights.subarray(i * this.#columns, (i + 1) * this.#columns), i * this.#stride);
    }
    this.#common.fill(0);
    this.#scale[0] = 1;
    this.#kernels.project(this.address);
  }
}
