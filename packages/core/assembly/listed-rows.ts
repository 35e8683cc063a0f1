import { entryBytes } from './sparse-lists';
import { addScaled } from './vector';
import { addFourRows, addToFourRows } from './wide-rows';

// The rows of a matrix that a vector's numbers are multiplied with, for one sample: only those of numbers that are not zero are read. Zeros add
// nothing to a sum.

/**
 * Lists what is not zero of so many bytes of a vector, times the factor, as sparse-lists.ts does. Returns where the list ends; an entry is written in
 * vain behind it.
 */
export function listScaled(vector: usize, bytes: usize, factor: f32, list: usize): usize {
  const count = <u32>(bytes >> 2);
  for (let j: u32 = 0; j < count; j++) {
    const value = factor * load<f32>(vector + (<usize>j << 2));
    // What is zero is written, too, and the next one in its place.
    store<u32>(list, j);
    store<f32>(list, value, 4);
    list += select<usize>(entryBytes, 0, value != 0);
  }
  return list;
}

/** out = Σ value · row over the entries of a list, one after the other: four rows at a time, from end to end. */
export function sumListedRows(entry: usize, end: usize, weights: usize, bytes: usize, output: usize): void {
  memory.fill(output, 0, bytes);
  for (; entry + 4 * entryBytes <= end; entry += 4 * entryBytes) {
    addFourRows(
      output,
      bytes,
      weights + <usize>load<u32>(entry) * bytes,
      weights + <usize>load<u32>(entry, 8) * bytes,
      weights + <usize>load<u32>(entry, 16) * bytes,
      weights + <usize>load<u32>(entry, 24) * bytes,
      v128.load32_splat(entry, 4),
      v128.load32_splat(entry, 12),
      v128.load32_splat(entry, 20),
      v128.load32_splat(entry, 28),
    );
  }
  for (; entry < end; entry += entryBytes) {
    addScaled(output, load<f32>(entry, 4), weights + <usize>load<u32>(entry) * bytes, bytes);
  }
}

/** row += factor value · vector over the entries of a list, four rows at a time: each number of the vector is read once for four of W. */
export function addToListedRows(entry: usize, end: usize, factor: f32, weights: usize, bytes: usize, vector: usize): void {
  for (; entry + 4 * entryBytes <= end; entry += 4 * entryBytes) {
    addToFourRows(
      weights + <usize>load<u32>(entry) * bytes,
      weights + <usize>load<u32>(entry, 8) * bytes,
      weights + <usize>load<u32>(entry, 16) * bytes,
      weights + <usize>load<u32>(entry, 24) * bytes,
      f32x4.splat(factor * load<f32>(entry, 4)),
      f32x4.splat(factor * load<f32>(entry, 12)),
      f32x4.splat(factor * load<f32>(entry, 20)),
      f32x4.splat(factor * load<f32>(entry, 28)),
      vector,
      bytes,
    );
  }
  for (; entry < end; entry += entryBytes) {
    addScaled(weights + <usize>load<u32>(entry) * bytes, factor * load<f32>(entry, 4), vector, bytes);
  }
}
