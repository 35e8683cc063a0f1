import { paddedLength } from './vector';

// Decays of the weights of a matrix, of which each row or each column has its own. Matrices are as in matrix-products.ts.

/** target −= factor d ⊙ W, each row by its own number of d. The target may be W. */
export function decayRows(target: usize, weights: usize, rows: i32, columns: i32, decays: usize, factor: f64): void {
  const bytes = <usize>paddedLength(columns) << 2;
  for (let i = 0; i < rows; i++) {
    const d = f32x4.splat(<f32>factor * load<f32>(decays));
    for (const end = target + bytes; target < end; target += 16) {
      v128.store(target, f32x4.sub(v128.load(target), f32x4.mul(d, v128.load(weights))));
      weights += 16;
    }
    decays += 4;
  }
}

/** The same, each column by its own number of d, which is padded with zeros as rows are. */
export function decayColumns(
  target: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  decays: usize,
  factor: f64,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const factors = f32x4.splat(<f32>factor);
  for (let i = 0; i < rows; i++) {
    let d = decays;
    for (const end = target + bytes; target < end; target += 16) {
      const share = f32x4.mul(f32x4.mul(factors, v128.load(d)), v128.load(weights));
      v128.store(target, f32x4.sub(v128.load(target), share));
      weights += 16;
      d += 16;
    }
  }
}
