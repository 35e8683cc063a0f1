// k × k matrices and k-vectors of float64, for what is small beside the weights. Matrices are column-major; columns, and
// vectors, are padded to a multiple of four numbers, and `bytes` is the length of one.

/** Elimination gives up where an entry grows beyond this, or a pivot falls below its inverse. */
export const largestFactor: f64 = 1e4;

@inline
function addScaledPairs(v: usize, factor: v128, w: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) {
    v128.store(v + at, f64x2.add(v128.load(v + at), f64x2.mul(factor, v128.load(w + at))));
  }
}

/** out = Σ_l column_l of M · number l, of numbers that are `stride` bytes apart: four rows at a time, their sums in registers. */
@inline
function combineColumns(matrix: usize, numbers: usize, stride: usize, out: usize, rows: i32, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 32) {
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
 * Solves M d = e by elimination without row exchanges; overwrites M and e (with d). Returns false, with e spoiled, where a
 * pivot is too small or an entry too large for that to be accurate.
 */
export function solve(m: usize, e: usize, rows: i32, bytes: usize): bool {
  for (let p = 0; p < rows; p++) {
    const down = <usize>p << 3;
    const pivotColumn = m + <usize>p * bytes;
    const pivot = load<f64>(pivotColumn + down);
    if (!(pivot > 1 / largestFactor && pivot < largestFactor)) return false;
    const ep = load<f64>(e + down);
    for (let i = p + 1; i < rows; i++) {
      const row = <usize>i << 3;
      const factor = load<f64>(pivotColumn + row) / pivot;
      if (!(Math.abs(factor) < largestFactor)) return false;
      let column = pivotColumn + bytes;
      for (let j = p + 1; j < rows; j++) {
        store<f64>(column + row, load<f64>(column + row) - factor * load<f64>(column + down));
        column += bytes;
      }
      store<f64>(e + row, load<f64>(e + row) - factor * ep);
    }
  }
  for (let p = rows - 1; p >= 0; p--) {
    const down = <usize>p << 3;
    let column = m + <usize>p * bytes;
    let value = load<f64>(e + down);
    const pivot = load<f64>(column + down);
    for (let j = p + 1; j < rows; j++) {
      column += bytes;
      value -= load<f64>(column + down) * load<f64>(e + (<usize>j << 3));
    }
    store<f64>(e + down, value / pivot);
  }
  return true;
}
