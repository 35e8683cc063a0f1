import { changed, Keeping, kept } from './keeping';
import { multiplyAdd } from './multiply-add';

// Passes over weights whose rows are wide.

/** Rows of so many bytes are wide: matrices of them are larger than the caches, which like what follows each other. */
export const wideBytes: usize = 1024;

/**
 * What learnAndDrive does (learn-and-drive.ts), row by row, four at a time: each number of the vectors is read once for four of W, and W as it
 * lies. What is kept is a constant where this is inlined.
 */
@inline
export function passRows(
  keeping: Keeping,
  weights: usize,
  rows: i32,
  bytes: usize,
  left: usize,
  right: usize,
  factor: f32,
  keep: v128,
  decays: usize,
  next: usize,
  out: usize,
): void {
  memory.fill(out, 0, bytes);
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    passRowsFrom(4, keeping, weights, bytes, left, right, factor, keep, decays, next, out);
    weights += bytes << 2;
    left += 16;
    next += 16;
  }
  for (; row < rows; row++) {
    passRowsFrom(1, keeping, weights, bytes, left, right, factor, keep, decays, next, out);
    weights += bytes;
    left += 4;
    next += 4;
  }
}

/** The same for four rows, or one: `count` is a constant where this is inlined. */
@inline
function passRowsFrom(
  count: i32,
  keeping: Keeping,
  weights: usize,
  bytes: usize,
  left: usize,
  right: usize,
  factor: f32,
  keep: v128,
  decays: usize,
  next: usize,
  out: usize,
): void {
  const a0 = f32x4.splat(factor * load<f32>(left));
  const a1 = count > 1 ? f32x4.splat(factor * load<f32>(left, 4)) : a0;
  const a2 = count > 1 ? f32x4.splat(factor * load<f32>(left, 8)) : a0;
  const a3 = count > 1 ? f32x4.splat(factor * load<f32>(left, 12)) : a0;
  const x0 = v128.load32_splat(next);
  const x1 = count > 1 ? v128.load32_splat(next, 4) : x0;
  const x2 = count > 1 ? v128.load32_splat(next, 8) : x0;
  const x3 = count > 1 ? v128.load32_splat(next, 12) : x0;
  let row0 = weights;
  let row1 = row0 + bytes;
  let row2 = row1 + bytes;
  let row3 = row2 + bytes;
  for (const end = right + (bytes & ~31); right < end; right += 32) {
    const r = v128.load(right);
    const s = v128.load(right, 16);
    const k = keeping == Keeping.Each ? kept(decays, factor) : keep;
    const l = keeping == Keeping.Each ? kept(decays + 16, factor) : keep;
    let low = v128.load(out);
    let high = v128.load(out, 16);
    const v0 = changed(keeping, k, v128.load(row0), a0, r);
    const w0 = changed(keeping, l, v128.load(row0, 16), a0, s);
    v128.store(row0, v0);
    v128.store(row0, w0, 16);
    low = multiplyAdd(low, v0, x0);
    high = multiplyAdd(high, w0, x0);
    if (count > 1) {
      const v1 = changed(keeping, k, v128.load(row1), a1, r);
      const w1 = changed(keeping, l, v128.load(row1, 16), a1, s);
      v128.store(row1, v1);
      v128.store(row1, w1, 16);
      low = multiplyAdd(low, v1, x1);
      high = multiplyAdd(high, w1, x1);
      const v2 = changed(keeping, k, v128.load(row2), a2, r);
      const w2 = changed(keeping, l, v128.load(row2, 16), a2, s);
      v128.store(row2, v2);
      v128.store(row2, w2, 16);
      low = multiplyAdd(low, v2, x2);
      high = multiplyAdd(high, w2, x2);
      const v3 = changed(keeping, k, v128.load(row3), a3, r);
      const w3 = changed(keeping, l, v128.load(row3, 16), a3, s);
      v128.store(row3, v3);
      v128.store(row3, w3, 16);
      low = multiplyAdd(low, v3, x3);
      high = multiplyAdd(high, w3, x3);
    }
    v128.store(out, low);
    v128.store(out, high, 16);
    out += 32;
    if (keeping == Keeping.Each) decays += 32;
    row0 += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  if (!(bytes & 16)) return;
  const r = v128.load(right);
  const k = keeping == Keeping.Each ? kept(decays, factor) : keep;
  let sum = v128.load(out);
  const v0 = changed(keeping, k, v128.load(row0), a0, r);
  v128.store(row0, v0);
  sum = multiplyAdd(sum, v0, x0);
  if (count > 1) {
    const v1 = changed(keeping, k, v128.load(row1), a1, r);
    v128.store(row1, v1);
    sum = multiplyAdd(sum, v1, x1);
    const v2 = changed(keeping, k, v128.load(row2), a2, r);
    v128.store(row2, v2);
    sum = multiplyAdd(sum, v2, x2);
    const v3 = changed(keeping, k, v128.load(row3), a3, r);
    v128.store(row3, v3);
    sum = multiplyAdd(sum, v3, x3);
  }
  v128.store(out, sum);
}

/** out += Σ a_i row_i over four rows of so many bytes, one after the other. */
@inline
export function addFourRows(
  out: usize,
  bytes: usize,
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
): void {
  for (const end = out + (bytes & ~31); out < end; out += 32) {
    let upper = multiplyAdd(v128.load(out), v128.load(row0), a0);
    let lower = multiplyAdd(v128.load(out, 16), v128.load(row0, 16), a0);
    upper = multiplyAdd(upper, v128.load(row1), a1);
    lower = multiplyAdd(lower, v128.load(row1, 16), a1);
    upper = multiplyAdd(upper, v128.load(row2), a2);
    lower = multiplyAdd(lower, v128.load(row2, 16), a2);
    upper = multiplyAdd(upper, v128.load(row3), a3);
    lower = multiplyAdd(lower, v128.load(row3, 16), a3);
    v128.store(out, upper);
    v128.store(out, lower, 16);
    row0 += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  if (!(bytes & 16)) return;
  let sum = multiplyAdd(v128.load(out), v128.load(row0), a0);
  sum = multiplyAdd(sum, v128.load(row1), a1);
  sum = multiplyAdd(sum, v128.load(row2), a2);
  v128.store(out, multiplyAdd(sum, v128.load(row3), a3));
}

/** row_i += a_i vector of four rows of so many bytes. */
@inline
export function addToFourRows(
  row0: usize,
  row1: usize,
  row2: usize,
  row3: usize,
  a0: v128,
  a1: v128,
  a2: v128,
  a3: v128,
  vector: usize,
  bytes: usize,
): void {
  for (const end = vector + (bytes & ~31); vector < end; vector += 32) {
    const low = v128.load(vector);
    const high = v128.load(vector, 16);
    const low0 = multiplyAdd(v128.load(row0), a0, low);
    const high0 = multiplyAdd(v128.load(row0, 16), a0, high);
    v128.store(row0, low0);
    v128.store(row0, high0, 16);
    const low1 = multiplyAdd(v128.load(row1), a1, low);
    const high1 = multiplyAdd(v128.load(row1, 16), a1, high);
    v128.store(row1, low1);
    v128.store(row1, high1, 16);
    const low2 = multiplyAdd(v128.load(row2), a2, low);
    const high2 = multiplyAdd(v128.load(row2, 16), a2, high);
    v128.store(row2, low2);
    v128.store(row2, high2, 16);
    const low3 = multiplyAdd(v128.load(row3), a3, low);
    const high3 = multiplyAdd(v128.load(row3, 16), a3, high);
    v128.store(row3, low3);
    v128.store(row3, high3, 16);
    row0 += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  if (!(bytes & 16)) return;
  const rest = v128.load(vector);
  v128.store(row0, multiplyAdd(v128.load(row0), a0, rest));
  v128.store(row1, multiplyAdd(v128.load(row1), a1, rest));
  v128.store(row2, multiplyAdd(v128.load(row2), a2, rest));
  v128.store(row3, multiplyAdd(v128.load(row3), a3, rest));
}
