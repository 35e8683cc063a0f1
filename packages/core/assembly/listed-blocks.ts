import { addToRow, splat, storeSums, storeSumsOf4 } from './blocks';
import { multiplyAdd } from './multiply-add';

// The passes over V, in blocks of 1, 2 or 4 rows, for an input of bytes whose chunks of four that are not all zero are
// listed (statistics.ts): their pixels follow each other. Lists are read in groups of four chunks, some of which may be all zero,
// which changes nothing. The bytes are turned into float32 on the way and kept for the pass that learns.

/** The lower four of eight bytes as float32, and the upper four. */
@inline
export function lower(bytes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(bytes));
}
@inline
export function upper(bytes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(bytes));
}

/** Where the chunk lies in V whose first column is listed at an address. */
@inline
function chunkAt(values: usize, listed: usize, rows: i32): usize {
  return values + <usize>load<u16>(listed) * <usize>(rows << 2);
}

/** sum + V p for one row and four columns. */
@inline
function plusProduct(sum: v128, at: usize, p: v128): v128 {
  return multiplyAdd(sum, v128.load(at), p);
}

/** V p for one block; keeps p at `pixels`. `rows` is a constant where this is inlined. Writes float64, an even number of them. */
@inline
export function driveListed(
  values: usize,
  input: usize,
  chunks: usize,
  count: i32,
  pixels: usize,
  rows: i32,
  output: usize,
): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = chunks + (<usize>count << 1);
  if (rows <= 2) {
    // Each row has several sums: one addition would wait for the other.
    for (; chunks < end; chunks += 8) {
      let bytes = v128.load8x8_u(input);
      const p0 = lower(bytes);
      const p1 = upper(bytes);
      bytes = v128.load8x8_u(input, 8);
      const p2 = lower(bytes);
      const p3 = upper(bytes);
      const at0 = chunkAt(values, chunks, rows);
      const at1 = chunkAt(values, chunks + 2, rows);
      const at2 = chunkAt(values, chunks + 4, rows);
      const at3 = chunkAt(values, chunks + 6, rows);
      v128.store(pixels, p0);
      v128.store(pixels, p1, 16);
      v128.store(pixels, p2, 32);
      v128.store(pixels, p3, 48);
      if (rows == 1) {
        s0 = plusProduct(s0, at0, p0);
        s1 = plusProduct(s1, at1, p1);
        s2 = plusProduct(s2, at2, p2);
        s3 = plusProduct(s3, at3, p3);
      } else {
        s0 = plusProduct(s0, at0, p0);
        s1 = plusProduct(s1, at0 + 16, p0);
        s2 = plusProduct(s2, at1, p1);
        s3 = plusProduct(s3, at1 + 16, p1);
        s0 = plusProduct(s0, at2, p2);
        s1 = plusProduct(s1, at2 + 16, p2);
        s2 = plusProduct(s2, at3, p3);
        s3 = plusProduct(s3, at3 + 16, p3);
      }
      input += 16;
      pixels += 64;
    }
    if (rows == 1) storeSums(output, f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), f32x4.splat(0));
    else storeSums(output, f32x4.add(s0, s2), f32x4.add(s1, s3));
    return;
  }
  for (; chunks < end; chunks += 4) {
    const bytes = v128.load8x8_u(input);
    const p = lower(bytes);
    const q = upper(bytes);
    const at = chunkAt(values, chunks, rows);
    const next = chunkAt(values, chunks + 2, rows);
    v128.store(pixels, p);
    v128.store(pixels, q, 16);
    s0 = plusProduct(s0, at, p);
    s1 = plusProduct(s1, at + 16, p);
    s2 = plusProduct(s2, at + 32, p);
    s3 = plusProduct(s3, at + 48, p);
    s0 = plusProduct(s0, next, q);
    s1 = plusProduct(s1, next + 16, q);
    s2 = plusProduct(s2, next + 32, q);
    s3 = plusProduct(s3, next + 48, q);
    input += 8;
    pixels += 32;
  }
  storeSumsOf4(output, s0, s1, s2, s3);
}

/** V += changes pᵀ for one block, p being float32 at `pixels`. `rows` is a constant where this is inlined. */
@inline
export function learnListed(
  values: usize,
  chunks: usize,
  count: i32,
  pixels: usize,
  rows: i32,
  changes: usize,
): void {
  const c0 = splat(changes);
  const c1 = splat(changes + 8);
  const c2 = splat(changes + 16);
  const c3 = splat(changes + 24);
  for (const end = chunks + (<usize>count << 1); chunks < end; chunks += 8) {
    const at0 = chunkAt(values, chunks, rows);
    const at1 = chunkAt(values, chunks + 2, rows);
    const at2 = chunkAt(values, chunks + 4, rows);
    const at3 = chunkAt(values, chunks + 6, rows);
    learnFour(at0, v128.load(pixels), rows, c0, c1, c2, c3);
    learnFour(at1, v128.load(pixels, 16), rows, c0, c1, c2, c3);
    learnFour(at2, v128.load(pixels, 32), rows, c0, c1, c2, c3);
    learnFour(at3, v128.load(pixels, 48), rows, c0, c1, c2, c3);
    pixels += 64;
  }
}

/** V += changes pᵀ for four columns. */
@inline
function learnFour(at: usize, p: v128, rows: i32, c0: v128, c1: v128, c2: v128, c3: v128): void {
  addToRow(at, c0, p);
  if (rows > 1) addToRow(at + 16, c1, p);
  if (rows > 2) {
    addToRow(at + 32, c2, p);
    addToRow(at + 48, c3, p);
  }
}
