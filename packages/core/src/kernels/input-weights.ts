import type { Kernels } from './kernels.ts';
import { writeStructure } from './layout.ts';
import { LeftFactor } from './left-factor.ts';
import { type Arena, padded } from './memory.ts';
import { type Staging, stagingOf } from './staging.ts';

/** Rows of one block, at most. */
export const largestBlock = 8;

/**
 * Weights from the stimulus in the kernels' memory as W = A (V + c 1ᵀ): V in float32, interleaved for the kernels; A
 * (rows × rows), c (rows) and what is derived from them in float64. See assembly/input-synapses.ts.
 */
export class InputWeights {
  readonly address: number;
  /** The address of W Wᵀ, float64, rows × rows; 0 without ridge. */
  readonly gram: number;
  /** What learning changes. */
  readonly state: readonly (Float32Array | Float64Array)[];
  readonly #kernels: Kernels;
  readonly #rows: number;
  readonly #columns: number;
  readonly #staging: Staging;

  /**
   * @param rate its address
   * @param listed whether inputs are read by their lists of chunks: for at most `largestBlock` rows
   */
  constructor(
    arena: Arena,
    kernels: Kernels,
    sizes: { rows: number; columns: number; rate: number; ridge: number; listed: boolean },
  ) {
    const { rows, columns, rate, ridge, listed } = sizes;
    // Passes by lists keep the sums of four rows in registers.
    const blockRows = rows > 4 && !listed ? largestBlock : rows > 2 ? 4 : rows;
    const blocks = Math.ceil(rows / blockRows);
    const chunks = Math.ceil(columns / 4);
    const even = Math.ceil(rows / 2) * 2;
    const vector = padded(blocks * blockRows);
    const values = arena.float32(blocks * blockRows * chunks * 4);
    const left = ridge > 0 ? new LeftFactor(arena, rows) : undefined;
    const common = arena.float64(even);
    const sums = arena.float64(even);
    this.state = [values, ...(left?.state ?? []), common, sums];
    this.gram = left?.gram ?? 0;
    this.#kernels = kernels;
    this.#rows = rows;
    this.#columns = columns;
    this.#staging = stagingOf(arena.memory, rows, chunks);
    this.address = writeStructure(arena, 'inputSynapses', {
      rows,
      columns,
      blockRows,
      blocks,
      chunks,
      listed: listed ? 1 : 0,
      values: values.byteOffset,
      left: left?.address ?? 0,
      common: common.byteOffset,
      sums: sums.byteOffset,
      current: arena.allocate(8 * padded(rows)),
      staged: this.#staging.first,
      stagedCount: 0,
      stagedNext: this.#staging.second,
      dense: 0,
      waitingChange: arena.allocate(8 * vector),
      waitingLanes: arena.allocate(16 * vector),
      laneSums: arena.allocate(16 * 4),
      scratch: arena.allocate(8 * (3 * vector + largestBlock)),
      vectorBytes: 8 * vector,
      transfer: arena.allocate(48 * rows),
      rate,
      ridge,
    });
  }

  /** The weights, rows × columns, row-major. */
  read(): Float32Array {
    const weights = new Float32Array(this.#rows * this.#columns);
    this.#forPanels((chunk, chunks, parts) => {
      this.#kernels.readInput(this.address, chunk, chunks, this.#staging.first);
      for (const { at, part } of parts) weights.set(part, at);
    });
    return weights;
  }

  /** Sets the weights, rows × columns, row-major. */
  write(given: Float32Array): void {
    this.#forPanels((chunk, chunks, parts) => {
      for (const { at, part } of parts) part.set(given.subarray(at, at + part.length));
      this.#kernels.writeInput(this.address, chunk, chunks, this.#staging.first);
    });
    this.#kernels.startInput(this.address);
  }

  /** Some chunks of columns after the other, with the part of each row that is theirs and where it is among the weights. */
  #forPanels(use: (chunk: number, chunks: number, parts: readonly { at: number; part: Float32Array }[]) => void): void {
    const { panel, weights } = this.#staging;
    for (let column = 0; column < this.#columns; column += 4 * panel) {
      const columns = Math.min(4 * panel, this.#columns - column);
      const stride = padded(columns);
      const parts = Array.from({ length: this.#rows }, (_, i) => ({
        at: i * this.#columns + column,
        part: weights.subarray(i * stride, i * stride + columns),
      }));
      use(column / 4, stride / 4, parts);
    }
  }
}
