import { writeStructure } from './layout.ts';
import { type Arena, padded } from './memory.ts';

/**
 * A (rows × rows) of synapses W = A V in the kernels' memory, which every sample multiplies from the left, and W Wᵀ: float64,
 * column-major, columns padded to whole fours. See assembly/left-factor.ts.
 */
export class LeftFactor {
  readonly address: number;
  /** A. */
  readonly factor: Float64Array;
  /** The address of W Wᵀ. */
  readonly gram: number;
  /** What learning changes. */
  readonly state: readonly Float64Array[];

  constructor(arena: Arena, rows: number) {
    const column = padded(rows);
    const gram = arena.float64(rows * column);
    this.factor = arena.float64(rows * column);
    this.gram = gram.byteOffset;
    this.state = [this.factor, gram];
    this.address = writeStructure(arena, 'leftFactor', {
      rows,
      factor: this.factor.byteOffset,
      gram: this.gram,
      effect: arena.allocate(4 * rows * column),
      scratch: arena.allocate(4 * (3 * column ** 2 + column)),
    });
  }
}
