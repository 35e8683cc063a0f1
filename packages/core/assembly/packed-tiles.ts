import { multiplyAdd } from './multiply-add';
import { Sum } from './sums';

// What the products of packed matrices are made of.

/** What a sum begins with: zero, or what was summed before. */
@inline
function begun(sum: Sum, at: usize): v128 {
  return sum == Sum.GoesOn ? v128.load(at) : f32x4.splat(0);
}

/**
 * C = A B, or what else `sum` says, for four rows of C and eight columns, or four: A is packed in fours of rows, B in eights of columns; `depth`,
 * their common length, is even. `isWide` and `sum` are constants where this is inlined.
 */
@inline
export function productTile(isWide: bool, sum: Sum, a: usize, b: usize, depth: i32, c: usize, cBytes: usize): void {
  let s0 = begun(sum, c);
  let t0 = isWide ? begun(sum, c + 16) : f32x4.splat(0);
  let s1 = begun(sum, c + cBytes);
  let t1 = isWide ? begun(sum, c + cBytes + 16) : f32x4.splat(0);
  let s2 = begun(sum, c + 2 * cBytes);
  let t2 = isWide ? begun(sum, c + 2 * cBytes + 16) : f32x4.splat(0);
  let s3 = begun(sum, c + 3 * cBytes);
  let t3 = isWide ? begun(sum, c + 3 * cBytes + 16) : f32x4.splat(0);
  for (const end = a + (<usize>depth << 4); a < end; a += 32) {
    let upper = v128.load(b);
    let lower = isWide ? v128.load(b, 16) : upper;
    let factor = v128.load32_splat(a);
    s0 = multiplyAdd(s0, upper, factor);
    if (isWide) t0 = multiplyAdd(t0, lower, factor);
    factor = v128.load32_splat(a, 4);
    s1 = multiplyAdd(s1, upper, factor);
    if (isWide) t1 = multiplyAdd(t1, lower, factor);
    factor = v128.load32_splat(a, 8);
    s2 = multiplyAdd(s2, upper, factor);
    if (isWide) t2 = multiplyAdd(t2, lower, factor);
    factor = v128.load32_splat(a, 12);
    s3 = multiplyAdd(s3, upper, factor);
    if (isWide) t3 = multiplyAdd(t3, lower, factor);
    upper = v128.load(b, 32);
    lower = isWide ? v128.load(b, 48) : upper;
    factor = v128.load32_splat(a, 16);
    s0 = multiplyAdd(s0, upper, factor);
    if (isWide) t0 = multiplyAdd(t0, lower, factor);
    factor = v128.load32_splat(a, 20);
    s1 = multiplyAdd(s1, upper, factor);
    if (isWide) t1 = multiplyAdd(t1, lower, factor);
    factor = v128.load32_splat(a, 24);
    s2 = multiplyAdd(s2, upper, factor);
    if (isWide) t2 = multiplyAdd(t2, lower, factor);
    factor = v128.load32_splat(a, 28);
    s3 = multiplyAdd(s3, upper, factor);
    if (isWide) t3 = multiplyAdd(t3, lower, factor);
    b += 64;
  }
  storeTile(isWide, sum == Sum.IsAdded, c, s0, t0);
  storeTile(isWide, sum == Sum.IsAdded, c + cBytes, s1, t1);
  storeTile(isWide, sum == Sum.IsAdded, c + 2 * cBytes, s2, t2);
  storeTile(isWide, sum == Sum.IsAdded, c + 3 * cBytes, s3, t3);
}

@inline
function storeTile(isWide: bool, isAdded: bool, at: usize, upper: v128, lower: v128): void {
  if (isAdded) {
    upper = f32x4.add(v128.load(at), upper);
    if (isWide) lower = f32x4.add(v128.load(at, 16), lower);
  }
  v128.store(at, upper);
  if (isWide) v128.store(at, lower, 16);
}

/** The same for four rows and sixteen columns, B packed in sixteens: for engines that join vectors. `sum` is a constant where this is inlined. */
@inline
export function wideProductTile(sum: Sum, a: usize, b: usize, depth: i32, c: usize, cBytes: usize): void {
  let s0 = begun(sum, c);
  let t0 = begun(sum, c + 16);
  let u0 = begun(sum, c + 32);
  let v0 = begun(sum, c + 48);
  let s1 = begun(sum, c + cBytes);
  let t1 = begun(sum, c + cBytes + 16);
  let u1 = begun(sum, c + cBytes + 32);
  let v1 = begun(sum, c + cBytes + 48);
  let s2 = begun(sum, c + 2 * cBytes);
  let t2 = begun(sum, c + 2 * cBytes + 16);
  let u2 = begun(sum, c + 2 * cBytes + 32);
  let v2 = begun(sum, c + 2 * cBytes + 48);
  let s3 = begun(sum, c + 3 * cBytes);
  let t3 = begun(sum, c + 3 * cBytes + 16);
  let u3 = begun(sum, c + 3 * cBytes + 32);
  let v3 = begun(sum, c + 3 * cBytes + 48);
  for (const end = a + (<usize>depth << 4); a < end; a += 16) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const b2 = v128.load(b, 32);
    const b3 = v128.load(b, 48);
    let factor = v128.load32_splat(a);
    s0 = multiplyAdd(s0, b0, factor);
    t0 = multiplyAdd(t0, b1, factor);
    u0 = multiplyAdd(u0, b2, factor);
    v0 = multiplyAdd(v0, b3, factor);
    factor = v128.load32_splat(a, 4);
    s1 = multiplyAdd(s1, b0, factor);
    t1 = multiplyAdd(t1, b1, factor);
    u1 = multiplyAdd(u1, b2, factor);
    v1 = multiplyAdd(v1, b3, factor);
    factor = v128.load32_splat(a, 8);
    s2 = multiplyAdd(s2, b0, factor);
    t2 = multiplyAdd(t2, b1, factor);
    u2 = multiplyAdd(u2, b2, factor);
    v2 = multiplyAdd(v2, b3, factor);
    factor = v128.load32_splat(a, 12);
    s3 = multiplyAdd(s3, b0, factor);
    t3 = multiplyAdd(t3, b1, factor);
    u3 = multiplyAdd(u3, b2, factor);
    v3 = multiplyAdd(v3, b3, factor);
    b += 64;
  }
  storeWide(sum == Sum.IsAdded, c, s0, t0, u0, v0);
  storeWide(sum == Sum.IsAdded, c + cBytes, s1, t1, u1, v1);
  storeWide(sum == Sum.IsAdded, c + 2 * cBytes, s2, t2, u2, v2);
  storeWide(sum == Sum.IsAdded, c + 3 * cBytes, s3, t3, u3, v3);
}

@inline
function storeWide(isAdded: bool, at: usize, s: v128, t: v128, u: v128, v: v128): void {
  if (isAdded) {
    s = f32x4.add(v128.load(at), s);
    t = f32x4.add(v128.load(at, 16), t);
    u = f32x4.add(v128.load(at, 32), u);
    v = f32x4.add(v128.load(at, 48), v);
  }
  v128.store(at, s);
  v128.store(at, t, 16);
  v128.store(at, u, 32);
  v128.store(at, v, 48);
}
