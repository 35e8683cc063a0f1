import { multiplyAdd } from './multiply-add';

// k × k matrices and k-vectors, for what is small beside the weights: float64 where they add up over many samples, float32
// for what one sample adds. Matrices are column-major; columns, and vectors, are padded with zeros to a multiple of four
// numbers, and `bytes` is the length of one.

/** out = M v in float64: eight or four rows at a time, their sums in registers. */
export function multiplyVector(matrix: usize, vector: usize, out: usize, rows: i32, bytes: usize): void {
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    let column = matrix + at;
    let number = vector;
    let a = f64x2.splat(0);
    let b = f64x2.splat(0);
    let c = f64x2.splat(0);
    let d = f64x2.splat(0);
    for (let l = 0; l < rows; l++) {
      const factor = v128.load64_splat(number);
      a = f64x2.add(a, f64x2.mul(factor, v128.load(column)));
      b = f64x2.add(b, f64x2.mul(factor, v128.load(column, 16)));
      c = f64x2.add(c, f64x2.mul(factor, v128.load(column, 32)));
      d = f64x2.add(d, f64x2.mul(factor, v128.load(column, 48)));
      column += bytes;
      number += 8;
    }
    v128.store(out + at, a);
    v128.store(out + at, b, 16);
    v128.store(out + at, c, 32);
    v128.store(out + at, d, 48);
  }
  if (at == bytes) return;
  let column = matrix + at;
  let number = vector;
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let l = 0; l < rows; l++) {
    const factor = v128.load64_splat(number);
    a = f64x2.add(a, f64x2.mul(factor, v128.load(column)));
    b = f64x2.add(b, f64x2.mul(factor, v128.load(column, 16)));
    column += bytes;
    number += 8;
  }
  v128.store(out + at, a);
  v128.store(out + at, b, 16);
}

/**
 * out = M N in float32: four columns of N and one or two vectors of rows at a time, their sums in registers. Entry (l, j) of N lies
 * at n + down l + right j. Columns are whole fours in N, which has room for them, and in `out`.
 */
export function multiplyMatrices(m: usize, n: usize, down: usize, right: usize, out: usize, rows: i32, bytes: usize): void {
  for (let j = 0; j < rows; j += 4) {
    let at: usize = 0;
    for (; at + 32 <= bytes; at += 32) multiplyTile(true, m + at, n, down, right, out + at, rows, bytes);
    if (at < bytes) multiplyTile(false, m + at, n, down, right, out + at, rows, bytes);
    n += right << 2;
    out += bytes << 2;
  }
}

/** Four columns, of eight rows if `wide` or else of four. */
@inline
function multiplyTile(wide: bool, m: usize, n: usize, down: usize, right: usize, out: usize, rows: i32, bytes: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  // Upper and lower vectors by turns: an engine that joins instructions to 256 bits then finds pairs.
  for (let l = 0; l < rows; l++) {
    const upper = v128.load(m);
    const lower = wide ? v128.load(m, 16) : upper;
    const n0 = v128.load32_splat(n);
    const n1 = v128.load32_splat(n + right);
    const n2 = v128.load32_splat(n + 2 * right);
    const n3 = v128.load32_splat(n + 3 * right);
    a0 = multiplyAdd(a0, upper, n0);
    if (wide) b0 = multiplyAdd(b0, lower, n0);
    a1 = multiplyAdd(a1, upper, n1);
    if (wide) b1 = multiplyAdd(b1, lower, n1);
    a2 = multiplyAdd(a2, upper, n2);
    if (wide) b2 = multiplyAdd(b2, lower, n2);
    a3 = multiplyAdd(a3, upper, n3);
    if (wide) b3 = multiplyAdd(b3, lower, n3);
    m += bytes;
    n += down;
  }
  v128.store(out, a0);
  if (wide) v128.store(out, b0, 16);
  out += bytes;
  v128.store(out, a1);
  if (wide) v128.store(out, b1, 16);
  out += bytes;
  v128.store(out, a2);
  if (wide) v128.store(out, b2, 16);
  out += bytes;
  v128.store(out, a3);
  if (wide) v128.store(out, b3, 16);
}

/** Four numbers of float64 as float32. */
@inline
function demoted(from: usize): v128 {
  const low = f32x4.demote_f64x2_zero(v128.load(from));
  return v128.shuffle<f64>(low, f32x4.demote_f64x2_zero(v128.load(from, 16)), 0, 2);
}

/** out = so many bytes of float32, a multiple of 16, from float64. */
export function demote(from: usize, out: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(out + at, demoted(from + 2 * at));
}

/** out = float64 numbers from so many bytes of float32, a multiple of 16. */
export function promote(from: usize, out: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    const value = v128.load(from + at);
    v128.store(out + 2 * at, f64x2.promote_low_f32x4(value));
    v128.store(out + 2 * at, f64x2.promote_low_f32x4(v128.shuffle<f64>(value, value, 1, 1)), 16);
  }
}

/** v += four numbers of float32, v being float64. */
@inline
export function addPromoted(v: usize, change: v128): void {
  v128.store(v, f64x2.add(v128.load(v), f64x2.promote_low_f32x4(change)));
  const high = f64x2.promote_low_f32x4(v128.shuffle<f64>(change, change, 1, 1));
  v128.store(v, f64x2.add(v128.load(v, 16), high), 16);
}

/** Copies so many bytes, a multiple of 16. */
@inline
export function copyPairs(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

/** The largest sum of sizes in a row of a float32 matrix, a bound of its effect on any vector's largest entry. */
export function largestRowSum(matrix: usize, rows: i32, bytes: usize): f32 {
  let largest = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    let column = matrix + at;
    for (let j = 0; j < rows; j++) {
      sum = f32x4.add(sum, f32x4.abs(v128.load(column)));
      column += bytes;
    }
    largest = f32x4.max(largest, sum);
  }
  largest = f32x4.max(largest, v128.shuffle<f64>(largest, largest, 1, 1));
  return max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
}

/** out = v + sign M w in float32. `out` may be w: what is new of it is then used at once. */
export function addProduct(v: usize, sign: f32, m: usize, w: usize, out: usize, rows: i32, bytes: usize): void {
  const signs = f32x4.splat(sign);
  for (let at: usize = 0; at < bytes; at += 16) {
    let sum = f32x4.splat(0);
    let column = m + at;
    for (let l = 0; l < rows; l++) {
      sum = multiplyAdd(sum, v128.load(column), v128.load32_splat(w + (<usize>l << 2)));
      column += bytes;
    }
    v128.store(out + at, multiplyAdd(v128.load(v + at), signs, sum));
  }
}
