import { lastLanes } from './functions';
import { allZero } from './pointwise';
import { paddedLength } from './vector';

// What keeps weights possible: bounds, and which synapses there are.

/** Whether all outer products that were added are of zeros: `count` vectors at both ends, in records of two addresses and two strides. */
function addedNothing(products: usize, number: i32, count: i32): bool {
  for (let i = 0; i < number; i++) {
    const left = allZero(load<i32>(products), count * load<i32>(products, 4));
    if (!left && !allZero(load<i32>(products, 8), count * load<i32>(products, 12))) return false;
    products += 16;
  }
  return true;
}

/**
 * Numbers of a rows × columns matrix: those below `min` or above `max` are at it, and then they are multiplied by those of another matrix,
 * `presence`, of ones and zeros; 0: there is none. Nothing is done where the matrix was possible before, and the `number` > 0 products that
 * were added to it were of zeros; with 0, it is always done.
 */
export function limit(
  matrix: usize,
  rows: i32,
  columns: i32,
  min: f64,
  max: f64,
  presence: usize,
  products: usize,
  number: i32,
  count: i32,
): void {
  if (number > 0 && addedNothing(products, number, count)) return;
  const lows = f32x4.splat(<f32>min);
  const highs = f32x4.splat(<f32>max);
  const last = lastLanes(columns);
  const bytes = <usize>paddedLength(columns) << 2;
  for (let i = 0; i < rows; i++) {
    const end = matrix + bytes;
    while (matrix < end) {
      let w = f32x4.min(f32x4.max(v128.load(matrix), lows), highs);
      if (presence) {
        w = f32x4.mul(w, v128.load(presence));
        presence += 16;
      }
      v128.store(matrix, w);
      matrix += 16;
    }
    v128.store(matrix - 16, v128.and(v128.load(matrix - 16), last));
  }
}
