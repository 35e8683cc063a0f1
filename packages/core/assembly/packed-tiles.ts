import { multiplyAdd } from './multiply-add';

// What the products of packed matrices are made of.

/**
 * C = A B, or C += A B, for four rows of C and eight columns, or four: A is packed in fours of rows, B in eights of columns; `depth`,
 * their common length, is even. `isWide` and `isAdded` are constants where this is inlined.
 */
@inline
export function productTile(isWide: bool, isAdded: bool, a: usize, b: usize, depth: i32, c: usize, cBytes: usize): void {
  let s0 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
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
  storeTile(isWide, isAdded, c, s0, t0);
  storeTile(isWide, isAdded, c + cBytes, s1, t1);
  storeTile(isWide, isAdded, c + 2 * cBytes, s2, t2);
  storeTile(isWide, isAdded, c + 3 * cBytes, s3, t3);
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

/** The same for four rows and sixteen columns, B packed in sixteens: for engines that join vectors. `isAdded` is a constant where this is inlined. */
@inline
export function wideProductTile(isAdded: bool, a: usize, b: usize, depth: i32, c: usize, cBytes: usize): void {
  let s0 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let u0 = f32x4.splat(0);
  let v0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  let u1 = f32x4.splat(0);
  let v1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let t2 = f32x4.splat(0);
  let u2 = f32x4.splat(0);
  let v2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let t3 = f32x4.splat(0);
  let u3 = f32x4.splat(0);
  let v3 = f32x4.splat(0);
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
  storeWide(isAdded, c, s0, t0, u0, v0);
  storeWide(isAdded, c + cBytes, s1, t1, u1, v1);
  storeWide(isAdded, c + 2 * cBytes, s2, t2, u2, v2);
  storeWide(isAdded, c + 3 * cBytes, s3, t3, u3, v3);
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
