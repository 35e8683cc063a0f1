import { padded } from '../../kernels/memory.ts';
import type { PlacedMatrix } from './matrices.ts';
import type { Slot } from './slots.ts';

/** Numbers in an order of their own. */
export interface Numbers {
  readonly length: number;
  at(i: number): number;
}

/**
 * Writes numbers into a slot: of cells, sample after sample; of synapses, postsynaptic cell after postsynaptic cell, however
 * they lie.
 */
export function fillWith(memory: WebAssembly.Memory, slot: Slot, count: number, numbers: Numbers): void {
  const { address, size, stride, matrix } = slot;
  if (!matrix) {
    const to = new Float32Array(memory.buffer, address, count * stride);
    for (let s = 0; s < count; s++) {
      for (let i = 0; i < size; i++) to[s * stride + i] = numbers.at(s * size + i);
    }
    return;
  }
  const { rows, columns, flipped } = matrix;
  const to = new Float32Array(memory.buffer, address, rows * padded(columns));
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      to[i * padded(columns) + j] = numbers.at(flipped ? j * rows + i : i * columns + j);
    }
  }
}

/** Writes sign(Wᵀ) of the weights at `from` into the place of synapses that run the other way. */
export function signsOf(memory: WebAssembly.Memory, from: PlacedMatrix, to: PlacedMatrix): void {
  const [stride, other] = [padded(to.columns), padded(from.columns)];
  const weights = new Float32Array(memory.buffer, from.address, from.rows * other);
  const signs = new Float32Array(memory.buffer, to.address, to.rows * stride);
  // Where one of the two lies by its presynaptic cells, both have the same rows.
  const turned = from.flipped === to.flipped;
  for (let i = 0; i < to.rows; i++) {
    for (let j = 0; j < to.columns; j++) {
      signs[i * stride + j] = Math.sign(weights[turned ? j * other + i : i * other + j]!);
    }
  }
}
