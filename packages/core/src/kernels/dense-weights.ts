import { writeStructure } from './layout.ts';
import { type Arena, padded } from './memory.ts';

/** Weights in the kernels' memory as W = α V, V in float32, rows padded to four columns, α in float64. */
export class DenseWeights {
  readonly address: number;
  /** What learning changes. */
  readonly state: readonly (Float32Array | Float64Array)[];
  readonly #rows: number;
  readonly #columns: number;
  readonly #stride: number;
  readonly #values: Float32Array;
  /** What rounding has taken from V. */
  readonly #residues: Float32Array;
  readonly #scale: Float64Array;

  /** @param rate its address. @param directions noise directions of the ridge, 0 without ridge */
  constructor(arena: Arena, rows: number, columns: number, rate: number, directions: number) {
    const stride = padded(columns);
    this.#rows = rows;
    this.#columns = columns;
    this.#stride = stride;
    this.#values = arena.float32(padded(rows) * stride);
    this.#residues = arena.float32(padded(rows) * stride);
    this.#scale = arena.float64(1);
    this.state = [this.#values, this.#residues, this.#scale];
    this.address = writeStructure(arena, 'denseSynapses', {
      rows,
      stride,
      values: this.#values.byteOffset,
      residues: this.#residues.byteOffset,
      scale: this.#scale.byteOffset,
      scratch: arena.allocate(4 * rows * padded(directions)),
      rate,
    });
  }

  /** The weights, rows × columns, row-major. */
  read(): Float32Array {
    const weights = new Float32Array(this.#rows * this.#columns);
    const scale = this.#scale[0] as number;
    for (let i = 0; i < this.#rows; i++) {
      for (let j = 0; j < this.#columns; j++) {
        weights[i * this.#columns + j] = scale * (this.#values[i * this.#stride + j] as number);
      }
    }
    return weights;
  }

  /** Sets the weights, rows × columns, row-major. */
  write(weights: Float32Array): void {
    for (let i = 0; i < this.#rows; i++) {
      this.#values.set(weights.subarray(i * this.#columns, (i + 1) * this.#columns), i * this.#stride);
    }
    this.#residues.fill(0);
    this.#scale[0] = 1;
  }
}
