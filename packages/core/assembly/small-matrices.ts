// k × k matrices and k-vectors of float64, row-major, for what is small beside the weights.

/** Elimination gives up where an entry grows beyond this, or a pivot falls below its inverse. */
const largestFactor: f64 = 1e4;

/** out = M v. */
@inline
export function multiplyVector(matrix: usize, vector: usize, out: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    let sum: f64 = 0;
    for (let j = 0; j < rows; j++) {
      sum += load<f64>(matrix + (<usize>(i * rows + j) << 3)) * load<f64>(vector + (<usize>j << 3));
    }
    store<f64>(out + (<usize>i << 3), sum);
  }
}

/** out = M N. */
@inline
export function multiplyMatrices(m: usize, n: usize, out: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      let sum: f64 = 0;
      for (let l = 0; l < rows; l++) {
        sum += load<f64>(m + (<usize>(i * rows + l) << 3)) * load<f64>(n + (<usize>(l * rows + j) << 3));
      }
      store<f64>(out + (<usize>(i * rows + j) << 3), sum);
    }
  }
}

/** out = M Nᵀ. */
@inline
export function multiplyTransposed(m: usize, n: usize, out: usize, rows: i32): void {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < rows; j++) {
      let sum: f64 = 0;
      for (let l = 0; l < rows; l++) {
        sum += load<f64>(m + (<usize>(i * rows + l) << 3)) * load<f64>(n + (<usize>(j * rows + l) << 3));
      }
      store<f64>(out + (<usize>(i * rows + j) << 3), sum);
    }
  }
}

/**
 * Solves M d = e by elimination without row exchanges; overwrites M and e (with d). Returns false, with e spoiled, where a
 * pivot is too small or an entry too large for that to be accurate.
 */
export function solve(m: usize, e: usize, rows: i32): bool {
  for (let p = 0; p < rows; p++) {
    const pivotRow = m + (<usize>(p * rows) << 3);
    const pivot = load<f64>(pivotRow + (<usize>p << 3));
    if (!(pivot > 1 / largestFactor && pivot < largestFactor)) return false;
    const ep = load<f64>(e + (<usize>p << 3));
    for (let i = p + 1; i < rows; i++) {
      const row = m + (<usize>(i * rows) << 3);
      const factor = load<f64>(row + (<usize>p << 3)) / pivot;
      if (!(Math.abs(factor) < largestFactor)) return false;
      for (let j = p + 1; j < rows; j++) {
        const at = row + (<usize>j << 3);
        store<f64>(at, load<f64>(at) - factor * load<f64>(pivotRow + (<usize>j << 3)));
      }
      const at = e + (<usize>i << 3);
      store<f64>(at, load<f64>(at) - factor * ep);
    }
  }
  for (let p = rows - 1; p >= 0; p--) {
    const row = m + (<usize>(p * rows) << 3);
    let value = load<f64>(e + (<usize>p << 3));
    for (let j = p + 1; j < rows; j++) {
      value -= load<f64>(row + (<usize>j << 3)) * load<f64>(e + (<usize>j << 3));
    }
    store<f64>(e + (<usize>p << 3), value / load<f64>(row + (<usize>p << 3)));
  }
  return true;
}
