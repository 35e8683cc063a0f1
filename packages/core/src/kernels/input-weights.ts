import type { Kernels } from './kernels.ts';
import { writeFields, writeStructure } from './layout.ts';
import type { Arena } from './memory.ts';
import { type Rate, rateFields } from './rate.ts';

/**
 * Weights from the stimulus in the kernels' memory as W = A (V + c 1ᵀ): V in float32, interleaved for the kernels; A
 * (rows × rows), c (rows) and what is derived from them in float64. See assembly/input-synapses.ts.
 */
export class InputWeights {
  readonly address: number;
  /** The address of W Wᵀ, float64, rows × rows. */
  readonly gram: number;
  /** What learning changes. */
  readonly state: readonly (Float32Array | Float64Array)[];
  readonly #arena: Arena;
  readonly #kernels: Kernels;
  readonly #transfer: Float32Array;

  constructor(arena: Arena, kernels: Kernels, rows: number, columns: number, rate: Rate, ridge: number) {
    const blockRows = rows > 4 ? 8 : rows > 2 ? 4 : rows;
    const blocks = Math.ceil(rows / blockRows);
    const square = ridge > 0 ? rows * rows : 0;
    const values = arena.float32(blocks * blockRows * Math.ceil(columns / 4) * 4);
    const factor = arena.float64(square);
    const gram = arena.float64(square);
    const common = arena.float64(rows);
    const sums = arena.float64(rows);
    this.state = [values, factor, gram, common, sums];
    this.gram = gram.byteOffset;
    this.#arena = arena;
    this.#kernels = kernels;
    this.#transfer = arena.float32(rows * columns);
    this.address = writeStructure(arena, 'inputSynapses', {
      rows,
      columns,
      blockRows,
      blocks,
      values: values.byteOffset,
      factor: factor.byteOffset,
      gram: gram.byteOffset,
      common: common.byteOffset,
      sums: sums.byteOffset,
      current: arena.allocate(8 * rows),
      staged: arena.allocate(20 * Math.ceil(columns / 4)),
      stagedCount: 0,
      scratch: arena.allocate(8 * (2 * square + 4 * (rows + 7))),
      ...rateFields(rate),
      ridge,
    });
  }

  /** Learns at this rate from now on. */
  setRate(rate: Rate): void {
    writeFields(this.#arena, 'inputSynapses', this.address, rateFields(rate));
  }

  /** The weights, rows × columns, row-major. */
  read(): Float32Array {
    this.#kernels.readInput(this.address, this.#transfer.byteOffset);
    return Float32Array.from(this.#transfer);
  }

  /** Sets the weights, rows × columns, row-major. */
  write(weights: Float32Array): void {
    this.#transfer.set(weights);
    this.#kernels.writeInput(this.address, this.#transfer.byteOffset);
  }
}
