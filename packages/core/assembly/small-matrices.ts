// k × k matrices and k-vectors of float64, for what is small beside the weights. Matrices are column-major; columns, and
// vectors, are padded to a multiple of four numbers, and `bytes` is the length of one.

/** Elimination gives up where a factor or a pivot grows beyond this, or a pivot falls below its inverse. */
export const largestFactor: f64 = 1e4;

@inline
function addScaledPairs(v: usize, factor: v128, w: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(v + at, f64x2.add(v128.load(v + at), f64x2.mul(factor, v128.load(w + at))));
  }
}

/** out = Σ_l column_l of M · number l, of numbers that are `stride` bytes apart: eight or four rows at a time, their sums in registers. */
@inline
function combineColumns(matrix: usize, numbers: usize, stride: usize, out: usize, rows: i32, bytes: usize): void {
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    let column = matrix + at;
    let number = numbers;
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
      number += stride;
    }
    v128.store(out + at, a);
    v128.store(out + at, b, 16);
    v128.store(out + at, c, 32);
    v128.store(out + at, d, 48);
  }
  if (at == bytes) return;
  let column = matrix + at;
  let number = numbers;
  let a = f64x2.splat(0);
  let b = f64x2.splat(0);
  for (let l = 0; l < rows; l++) {
    const factor = v128.load64_splat(number);
    a = f64x2.add(a, f64x2.mul(factor, v128.load(column)));
    b = f64x2.add(b, f64x2.mul(factor, v128.load(column, 16)));
    column += bytes;
    number += stride;
  }
  v128.store(out + at, a);
  v128.store(out + at, b, 16);
}

/** out = M v. */
export function multiplyVector(matrix: usize, vector: usize, out: usize, rows: i32, bytes: usize): void {
  combineColumns(matrix, vector, 8, out, rows, bytes);
}

/** out = M N. */
export function multiplyMatrices(m: usize, n: usize, out: usize, rows: i32, bytes: usize): void {
  for (let j = 0; j < rows; j++) {
    combineColumns(m, n, 8, out, rows, bytes);
    n += bytes;
    out += bytes;
  }
}

/** out = M Nᵀ. */
export function multiplyTransposed(m: usize, n: usize, out: usize, rows: i32, bytes: usize): void {
  for (let j = 0; j < rows; j++) {
    combineColumns(m, n + (<usize>j << 3), bytes, out, rows, bytes);
    out += bytes;
  }
}

/** M += u vᵀ. */
@inline
export function addOuter(matrix: usize, u: usize, v: usize, rows: i32, bytes: usize): void {
  for (let j = 0; j < rows; j++) {
    addScaledPairs(matrix, v128.load64_splat(v + (<usize>j << 3)), u, bytes);
    matrix += bytes;
  }
}

/** Copies so many bytes, a multiple of 16. */
@inline
export function copyPairs(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(to + at, v128.load(from + at));
}

/**
 * Solves M d = e by Gauss–Jordan elimination without row exchanges; overwrites M and e (with d), and uses `factors`, a vector.
 * Returns false, with e spoiled, where a pivot or a factor is too large, or a pivot too small, for that to be accurate.
 */
export function solve(m: usize, e: usize, factors: usize, rows: i32, bytes: usize): bool {
  const end = m + <usize>rows * bytes;
  let areSmall = i64x2.splat(-1);
  let pivotOffset: usize = 0;
  for (let pivotColumn = m; pivotColumn < end; pivotColumn += bytes) {
    const pivot = load<f64>(pivotColumn + pivotOffset);
    if (!(pivot > 1 / largestFactor && pivot < largestFactor)) return false;
    const inverse = 1 / pivot;
    const inverses = f64x2.splat(inverse);
    for (let at: usize = 0; at < bytes; at += 16) {
      const factor = f64x2.mul(inverses, v128.load(pivotColumn + at));
      v128.store(factors + at, factor);
      areSmall = v128.and(areSmall, f64x2.lt(f64x2.abs(factor), f64x2.splat(largestFactor)));
    }
    // x − (1 − 1 / pivot) x = x / pivot: the pivot's own row is divided by it.
    store<f64>(factors + pivotOffset, 1 - inverse);
    for (let column = pivotColumn + bytes; column < end; column += bytes) {
      addScaledPairs(column, f64x2.neg(v128.load64_splat(column + pivotOffset)), factors, bytes);
    }
    addScaledPairs(e, f64x2.neg(v128.load64_splat(e + pivotOffset)), factors, bytes);
    pivotOffset += 8;
  }
  return i64x2.all_true(areSmall);
}
