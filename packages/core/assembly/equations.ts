// Linear equations of small order, in float64. Every sum is taken in one order.

/**
 * Solves A z_s = −c_s for `count` vectors c_s, by Gaussian elimination with partial pivoting. Where A has no inverse, solutions are
 * not finite. Columns are kept as they come, so that numbers of one lie side by side.
 *
 * @param columns the k columns of A, float32 vectors that are `stride` numbers from each other, padded with zeros to a multiple of four
 * @param constants c_s, alike
 * @param solutions z_s, alike
 * @param scratch room for k + count + 1 columns, each of k numbers of float64 and up to three more
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
  const bytes = <usize>((k + 3) & ~3) << 3;
  const right = scratch + <usize>k * bytes;
  const end = right + <usize>count * bytes;
  for (let to = scratch; to < right; to += bytes) {
    promote(columns, to, bytes, 1);
    columns += <usize>stride << 2;
  }
  for (let to = right; to < end; to += bytes) {
    promote(constants, to, bytes, -1);
    constants += <usize>stride << 2;
  }
  for (let j = 0, own = scratch; j < k; j++, own += bytes) {
    pivot(own, end, bytes, <usize>j << 3, <usize>k << 3);
    eliminate(own, end, bytes, <usize>j << 3);
  }
  for (let z = right; z < end; z += bytes) {
    let own = right;
    for (let i = k - 1; i >= 0; i--) {
      own -= bytes;
      const at = <usize>i << 3;
      const solution = load<f64>(z + at) / load<f64>(own + at);
      store<f32>(solutions + (<usize>i << 2), <f32>solution);
      subtract(z, own, solution, 0, at);
    }
    solutions += <usize>stride << 2;
  }
}

/** out = sign v, from float32 to so many bytes of float64. */
@inline
function promote(from: usize, out: usize, bytes: usize, sign: f64): void {
  const signs = f64x2.splat(sign);
  for (let at: usize = 0; at < bytes; at += 32) {
    const value = v128.load(from + (at >> 1));
    const upper = v128.shuffle<f64>(value, value, 1, 1);
    v128.store(out + at, f64x2.mul(signs, f64x2.promote_low_f32x4(value)));
    v128.store(out + at, f64x2.mul(signs, f64x2.promote_low_f32x4(upper)), 16);
  }
}

/** Brings the largest number of a column from a row on to that row, in this column and all after it. */
@inline
function pivot(own: usize, end: usize, bytes: usize, at: usize, past: usize): void {
  if (!isBelow(own, bytes, at)) return;
  let best = at;
  let largest = abs(load<f64>(own + at));
  for (let row = at + 8; row < past; row += 8) {
    const size = abs(load<f64>(own + row));
    if (size > largest) {
      largest = size;
      best = row;
    }
  }
  if (best == at) return;
  for (let column = own; column < end; column += bytes) {
    const held = load<f64>(column + at);
    store<f64>(column + at, load<f64>(column + best));
    store<f64>(column + best, held);
  }
}

/** Whether a number below a row may be larger than the one in it: mostly none is. */
@inline
function isBelow(own: usize, bytes: usize, at: usize): bool {
  let largest = f64x2.splat(0);
  // Where the row is the first of a pair, it is among those that are looked at, and no larger than itself.
  for (let row = (at + 8) & ~15; row < bytes; row += 16) largest = f64x2.max(largest, f64x2.abs(v128.load(own + row)));
  return !(
    max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1)) <= abs(load<f64>(own + at))
  );
}

/** Takes a row from those below it, in the columns after that of its pivot: a_ic −= (a_ij / a_jj) a_jc. Behind the last, a_ij / a_jj. */
@inline
function eliminate(own: usize, end: usize, bytes: usize, at: usize): void {
  const inverse = f64x2.splat(1 / load<f64>(own + at));
  // Rows go in pairs: the row itself may be the first of one, and stays.
  const first = (at + 8) & ~15;
  for (let row = first; row < bytes; row += 16) v128.store(end + row, f64x2.mul(v128.load(own + row), inverse));
  if (first == at) store<f64>(end + at, 0);
  let column = own + bytes;
  for (; column + 3 * bytes < end; column += 4 * bytes) subtractFour(column, end, bytes, at, first);
  for (; column < end; column += bytes) subtract(column, end, load<f64>(column + at), first, bytes);
}

/** v −= v_j w for four columns v, from a byte on: what is taken is read once for all. */
@inline
function subtractFour(column: usize, w: usize, bytes: usize, at: usize, from: usize): void {
  const factor0 = v128.load64_splat(column + at);
  let v0 = column + from;
  let v1 = v0 + bytes;
  let v2 = v1 + bytes;
  let v3 = v2 + bytes;
  const factor1 = v128.load64_splat(v1 - from + at);
  const factor2 = v128.load64_splat(v2 - from + at);
  const factor3 = v128.load64_splat(v3 - from + at);
  const past = w + bytes;
  for (let taken = w + from; taken < past; taken += 16) {
    const pair = v128.load(taken);
    v128.store(v0, f64x2.sub(v128.load(v0), f64x2.mul(factor0, pair)));
    v128.store(v1, f64x2.sub(v128.load(v1), f64x2.mul(factor1, pair)));
    v128.store(v2, f64x2.sub(v128.load(v2), f64x2.mul(factor2, pair)));
    v128.store(v3, f64x2.sub(v128.load(v3), f64x2.mul(factor3, pair)));
    v0 += 16;
    v1 += 16;
    v2 += 16;
    v3 += 16;
  }
}

/** v −= factor w, from a byte to another; pairs of numbers. */
@inline
function subtract(v: usize, w: usize, factor: f64, from: usize, to: usize): void {
  const factors = f64x2.splat(factor);
  for (let at = from; at < to; at += 16) {
    v128.store(v + at, f64x2.sub(v128.load(v + at), f64x2.mul(factors, v128.load(w + at))));
  }
}
