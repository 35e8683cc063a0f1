import { multiplyAdd } from './multiply-add';
import { sumLanesOf4 } from './vector';

// The passes over V for a staged input: chunks of four numbers, and where each begins in a row of weights (staging.ts). Rows lie
// in blocks of 1, 2, 4 or 8, in which four columns of every row lie together.

/** Writes the sums of the lanes of four vectors as float64. */
@inline
export function storeSumsOf4(output: usize, a: v128, b: v128, c: v128, d: v128): void {
  const sums = sumLanesOf4(a, b, c, d);
  v128.store(output, f64x2.promote_low_f32x4(sums));
  v128.store(output, f64x2.promote_low_f32x4(v128.shuffle<f64>(sums, sums, 1, 1)), 16);
}

/** The same of two vectors; where there is one row, the second is zero. */
@inline
export function storeSums(output: usize, a: v128, b: v128): void {
  const halves = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  v128.store(output, f64x2.promote_low_f32x4(f32x4.add(halves, v128.shuffle<f64>(halves, halves, 1, 1))));
}

/** V p for one block of rows; `rows` is a constant where this is inlined. Writes float64, an even number of them. */
@inline
export function driveBlock(values: usize, pixels: usize, offsets: usize, count: i32, rows: i32, output: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (const end = pixels + (<usize>count << 4); pixels < end; pixels += 16) {
    const at = values + <usize>load<i32>(offsets) * <usize>rows;
    const p = v128.load(pixels);
    s0 = multiplyAdd(s0, v128.load(at), p);
    if (rows > 1) s1 = multiplyAdd(s1, v128.load(at, 16), p);
    if (rows > 2) {
      s2 = multiplyAdd(s2, v128.load(at, 32), p);
      s3 = multiplyAdd(s3, v128.load(at, 48), p);
    }
    if (rows > 4) {
      s4 = multiplyAdd(s4, v128.load(at, 64), p);
      s5 = multiplyAdd(s5, v128.load(at, 80), p);
      s6 = multiplyAdd(s6, v128.load(at, 96), p);
      s7 = multiplyAdd(s7, v128.load(at, 112), p);
    }
    offsets += 4;
  }
  if (rows <= 2) storeSums(output, s0, s1);
  else storeSumsOf4(output, s0, s1, s2, s3);
  if (rows > 4) storeSumsOf4(output + 32, s4, s5, s6, s7);
}

/** V += change pᵀ, for one row and four columns; returns these entries of V. */
@inline
export function addToRow(at: usize, change: v128, p: v128): v128 {
  const entries = multiplyAdd(v128.load(at), change, p);
  v128.store(at, entries);
  return entries;
}

/** A number in all four lanes. */
@inline
export function splat(changes: usize): v128 {
  return f32x4.splat(<f32>load<f64>(changes));
}

/** V += changes pᵀ for one block of rows; `rows` is a constant where this is inlined. */
@inline
export function learnBlock(values: usize, pixels: usize, offsets: usize, count: i32, rows: i32, changes: usize): void {
  const c0 = splat(changes);
  const c1 = splat(changes + 8);
  const c2 = splat(changes + 16);
  const c3 = splat(changes + 24);
  const c4 = splat(changes + 32);
  const c5 = splat(changes + 40);
  const c6 = splat(changes + 48);
  const c7 = splat(changes + 56);
  for (const end = pixels + (<usize>count << 4); pixels < end; pixels += 16) {
    const at = values + <usize>load<i32>(offsets) * <usize>rows;
    const p = v128.load(pixels);
    addToRow(at, c0, p);
    if (rows > 1) addToRow(at + 16, c1, p);
    if (rows > 2) {
      addToRow(at + 32, c2, p);
      addToRow(at + 48, c3, p);
    }
    if (rows > 4) {
      addToRow(at + 64, c4, p);
      addToRow(at + 80, c5, p);
      addToRow(at + 96, c6, p);
      addToRow(at + 112, c7, p);
    }
    offsets += 4;
  }
}

/** V += change pᵀ for one row or, where `pair`, for two, wherever they begin; `stride` is the number of rows in a block. */
@inline
export function learnRows(
  pair: bool,
  first: usize,
  second: usize,
  change: f32,
  otherChange: f32,
  pixels: usize,
  offsets: usize,
  count: i32,
  stride: usize,
): void {
  const c0 = f32x4.splat(change);
  const c1 = f32x4.splat(otherChange);
  for (const end = pixels + (<usize>count << 4); pixels < end; pixels += 16) {
    const offset = <usize>load<i32>(offsets) * stride;
    const p = v128.load(pixels);
    addToRow(first + offset, c0, p);
    if (pair) addToRow(second + offset, c1, p);
    offsets += 4;
  }
}
