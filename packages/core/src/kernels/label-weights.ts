import type { Kernels } from './kernels.ts';
import { writeStructure } from './layout.ts';
import { type Arena, padded } from './memory.ts';

/**
 * Weights from the label, or of a regression, in the kernels' memory as W = α (V + w 1ᵀ): V, column after column, and w in float32,
 * α in float64. See assembly/label-synapses.ts.
 */
export class LabelWeights {
  readonly address: number;
  /** What learning changes. */
  readonly state: readonly (Float32Array | Float64Array)[];
  readonly #kernels: Kernels;
  readonly #rows: number;
  readonly #labels: number;
  readonly #values: Float32Array;
  /** What rounding has taken from V. */
  readonly #residues: Float32Array;
  readonly #common: Float32Array;
  readonly #scale: Float64Array;

  /** @param rate its address */
  constructor(arena: Arena, kernels: Kernels, rows: number, labels: number, rate: number) {
    const stride = padded(rows);
    const sums = arena.float32(stride);
    this.#kernels = kernels;
    this.#rows = rows;
    this.#labels = labels;
    this.#values = arena.float32(padded(labels) * stride);
    this.#common = arena.float32(stride);
    this.#residues = arena.float32(padded(labels) * stride);
    this.#scale = arena.float64(1);
    this.state = [this.#values, this.#residues, this.#common, sums, this.#scale];
    this.address = writeStructure(arena, 'labelSynapses', {
      labels,
      stride,
      values: this.#values.byteOffset,
      residues: this.#residues.byteOffset,
      common: this.#common.byteOffset,
      sums: sums.byteOffset,
      scale: this.#scale.byteOffset,
      rate,
    });
  }

  /** The weights transposed: labels × rows, row-major. */
  read(): Float32Array {
    const stride = padded(this.#rows);
    const weights = new Float32Array(this.#labels * this.#rows);
    const scale = this.#scale[0] as number;
    for (let j = 0; j < this.#labels; j++) {
      for (let i = 0; i < this.#rows; i++) {
        const value = (this.#values[j * stride + i] as number) + (this.#common[i] as number);
        weights[j * this.#rows + i] = scale * value;
      }
    }
    return weights;
  }

  /** Sets the weights, transposed as `read` gives them. */
  write(weights: Float32Array): void {
    const stride = padded(this.#rows);
    for (let j = 0; j < this.#labels; j++) {
      this.#values.set(weights.subarray(j * this.#rows, (j + 1) * this.#rows), j * stride);
    }
    this.#common.fill(0);
    this.#residues.fill(0);
    this.#scale[0] = 1;
    this.#kernels.sumLabels(this.address);
  }
}
