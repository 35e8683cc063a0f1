import { multiplyAdd } from './multiply-add';
import { scale } from './pointwise';
import { paddedLength } from './vector';

// Weights that decay while they learn. Matrices and vectors are as in matrix-products.ts.

/** W ← (1 − factor decay) W, of so many numbers, a multiple of four. */
export function decayAll(weights: usize, length: i32, factor: f64, decay: f64): void {
  scale(1 - factor * decay, weights, weights, length);
}

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

/** W ← (1 − factor decay) W + (factor left) rightᵀ of one pair of vectors, in one go. */
export function learnDecaying(
  weights: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  factor: f64,
  decay: f64,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const keeps = f32x4.splat(<f32>(1 - factor * decay));
  if (bytes == 64) {
    learnSixteen(weights, rows, left, right, <f32>factor, keeps, keeps, keeps, keeps);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const a = f32x4.splat(<f32>factor * load<f32>(left));
    learnRow(weights, weights + bytes, right, a, keeps);
    weights += bytes;
    left += 4;
  }
}

/** W ← keep ⊙ W + (factor left) rightᵀ of rows of sixteen numbers: all that is the same for each stays in registers. */
function learnSixteen(
  weights: usize,
  rows: i32,
  left: usize,
  right: usize,
  factor: f32,
  keep0: v128,
  keep1: v128,
  keep2: v128,
  keep3: v128,
): void {
  const r0 = v128.load(right);
  const r1 = v128.load(right, 16);
  const r2 = v128.load(right, 32);
  const r3 = v128.load(right, 48);
  for (const end = weights + (<usize>rows << 6); weights < end; weights += 64) {
    const a = f32x4.splat(factor * load<f32>(left));
    v128.store(weights, multiplyAdd(f32x4.mul(keep0, v128.load(weights)), a, r0));
    v128.store(weights, multiplyAdd(f32x4.mul(keep1, v128.load(weights, 16)), a, r1), 16);
    v128.store(weights, multiplyAdd(f32x4.mul(keep2, v128.load(weights, 32)), a, r2), 32);
    v128.store(weights, multiplyAdd(f32x4.mul(keep3, v128.load(weights, 48)), a, r3), 48);
    left += 4;
  }
}

/** W ← (1 − factor d) W + (factor left) rightᵀ of one pair of vectors, each row having its own number of d. */
export function learnDecayingRows(
  weights: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  factor: f64,
  decays: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  for (let i = 0; i < rows; i++) {
    const a = f32x4.splat(<f32>factor * load<f32>(left));
    learnRow(weights, weights + bytes, right, a, f32x4.splat(1 - <f32>factor * load<f32>(decays)));
    weights += bytes;
    left += 4;
    decays += 4;
  }
}

/** The same, each column having its own number of d. */
export function learnDecayingColumns(
  weights: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  factor: f64,
  decays: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const one = f32x4.splat(1);
  const factors = f32x4.splat(<f32>factor);
  if (bytes == 64) {
    const keep0 = f32x4.sub(one, f32x4.mul(factors, v128.load(decays)));
    const keep1 = f32x4.sub(one, f32x4.mul(factors, v128.load(decays, 16)));
    const keep2 = f32x4.sub(one, f32x4.mul(factors, v128.load(decays, 32)));
    const keep3 = f32x4.sub(one, f32x4.mul(factors, v128.load(decays, 48)));
    learnSixteen(weights, rows, left, right, <f32>factor, keep0, keep1, keep2, keep3);
    return;
  }
  for (let i = 0; i < rows; i++) {
    const a = f32x4.splat(<f32>factor * load<f32>(left));
    for (let at: usize = 0; at < bytes; at += 16) {
      const keep = f32x4.sub(one, f32x4.mul(factors, v128.load(decays + at)));
      const kept = f32x4.mul(keep, v128.load(weights + at));
      v128.store(weights + at, multiplyAdd(kept, a, v128.load(right + at)));
    }
    weights += bytes;
    left += 4;
  }
}

/**
 * w ← keep w + a right from an address to another. One vector at a time: V8 of Node.js 24 fails to join two of these where a third is
 * left over.
 */
@inline
function learnRow(weights: usize, end: usize, right: usize, a: v128, keep: v128): void {
  for (; weights < end; weights += 16) {
    v128.store(weights, multiplyAdd(f32x4.mul(keep, v128.load(weights)), a, v128.load(right)));
    right += 16;
  }
}
