// Linear equations of small order, in float64. Every sum is taken in one order.

/**
 * Solves A z_s = −c_s for `count` vectors c_s, by Gaussian elimination with partial pivoting. Where A has no inverse, solutions are
 * not finite.
 *
 * @param columns the k columns of A, float32 vectors that are `stride` numbers from each other
 * @param constants c_s, alike
 * @param solutions z_s, alike
 * @param scratch room for k · (k + count + 1) numbers of float64
 */
export function solveEquations(
  columns: usize,
  k: i32,
  stride: i32,
  constants: usize,
  solutions: usize,
  count: i32,
  scratch: usize,
): void {
  const bytes = <usize>((k + count + 1) & ~1) << 3;
  const right = <usize>k << 3;
  // Rows of A, each followed by its numbers of −c.
  for (let i = 0; i < k; i++) {
    const row = scratch + <usize>i * bytes;
    const at = <usize>i << 2;
    for (let j = 0; j < k; j++) {
      store<f64>(row + (<usize>j << 3), <f64>load<f32>(columns + at + (<usize>(j * stride) << 2)));
    }
    for (let s = 0; s < count; s++) {
      store<f64>(row + right + (<usize>s << 3), -(<f64>load<f32>(constants + at + (<usize>(s * stride) << 2))));
    }
  }
  for (let j = 0; j < k; j++) {
    const own = scratch + <usize>j * bytes;
    const at = <usize>j << 3;
    pivot(own, bytes, k - j, at);
    const inverse = 1 / load<f64>(own + at);
    for (let row = own + bytes, end = scratch + <usize>k * bytes; row < end; row += bytes) {
      const factors = f64x2.splat(load<f64>(row + at) * inverse);
      for (let c = at & ~15; c < bytes; c += 16) {
        v128.store(row + c, f64x2.sub(v128.load(row + c), f64x2.mul(factors, v128.load(own + c))));
      }
    }
  }
  for (let s = 0; s < count; s++) {
    const column = right + (<usize>s << 3);
    for (let i = k - 1; i >= 0; i--) {
      const own = scratch + <usize>i * bytes;
      const at = <usize>i << 3;
      const z = load<f64>(own + column) / load<f64>(own + at);
      for (let row = scratch; row < own; row += bytes) {
        store<f64>(row + column, load<f64>(row + column) - load<f64>(row + at) * z);
      }
      store<f32>(solutions + (<usize>(s * stride + i) << 2), <f32>z);
    }
  }
}

/** Brings the row with the largest number in a column to the first place, of so many rows from there on. */
@inline
function pivot(first: usize, bytes: usize, rows: i32, at: usize): void {
  let best = first;
  let largest = abs(load<f64>(first + at));
  for (let row = first + bytes, end = first + <usize>rows * bytes; row < end; row += bytes) {
    const size = abs(load<f64>(row + at));
    if (size > largest) {
      largest = size;
      best = row;
    }
  }
  if (best == first) return;
  for (let c: usize = 0; c < bytes; c += 16) {
    const held = v128.load(first + c);
    v128.store(first + c, v128.load(best + c));
    v128.store(best + c, held);
  }
}
