import { multiplyAdd } from './multiply-add';

// Small float32 vectors, all padded with zeros to a multiple of four numbers. Sums are always taken in the same order.

/** The sum of the four lanes, (0 + 1) + (2 + 3). */
@inline
function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

/** The sums of the lanes of four vectors, (0 + 2) + (1 + 3) each. */
@inline
export function sumLanesOf4(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}

@inline
export function paddedLength(length: i32): i32 {
  return (length + 3) & ~3;
}

/** The products of four vectors, wherever they begin, with a fifth; `bytes` is a multiple of 16. */
@inline
export function dotOf4(r0: usize, r1: usize, r2: usize, r3: usize, vector: usize, bytes: usize): v128 {
  let v = v128.load(vector);
  let s0 = f32x4.mul(v128.load(r0), v);
  let s1 = f32x4.mul(v128.load(r1), v);
  let s2 = f32x4.mul(v128.load(r2), v);
  let s3 = f32x4.mul(v128.load(r3), v);
  for (let at: usize = 16; at < bytes; at += 16) {
    v = v128.load(vector + at);
    s0 = multiplyAdd(s0, v128.load(r0 + at), v);
    s1 = multiplyAdd(s1, v128.load(r1 + at), v);
    s2 = multiplyAdd(s2, v128.load(r2 + at), v);
    s3 = multiplyAdd(s3, v128.load(r3 + at), v);
  }
  return sumLanesOf4(s0, s1, s2, s3);
}

/** The product of two vectors of so many bytes, a multiple of 16. */
@inline
export function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) {
    sum = multiplyAdd(sum, v128.load(a + at), v128.load(b + at));
  }
  return sumLanes(sum);
}

/** v += factor · w over so many bytes, a multiple of 16. Two vectors at a time, side by side: an engine may join them. */
@inline
export function addScaled(v: usize, factor: f32, w: usize, bytes: usize): void {
  const factors = f32x4.splat(factor);
  for (const end = v + (bytes & ~31); v < end; v += 32) {
    const low = multiplyAdd(v128.load(v), factors, v128.load(w));
    const high = multiplyAdd(v128.load(v, 16), factors, v128.load(w, 16));
    v128.store(v, low);
    v128.store(v, high, 16);
    w += 32;
  }
  if (bytes & 16) v128.store(v, multiplyAdd(v128.load(v), factors, v128.load(w)));
}

/**
 * v += change for four numbers, and what rounding took from v is kept in `residues` and added the next time (Kahan's
 * summation): at small rates, additions below half a unit in the last place of v would be lost again and again.
 */
@inline
export function addExactly(v: usize, residues: usize, change: v128): void {
  const before = v128.load(v);
  change = f32x4.add(v128.load(residues), change);
  const after = f32x4.add(before, change);
  v128.store(v, after);
  v128.store(residues, f32x4.sub(change, f32x4.sub(after, before)));
}

/** The same for v += factor · w over so many bytes, a multiple of 16. */
@inline
export function addScaledExactly(v: usize, residues: usize, factor: f32, w: usize, bytes: usize): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) addExactly(v + at, residues + at, f32x4.mul(factors, v128.load(w + at)));
}

/** v = factor · w over so many bytes, a multiple of 16. */
@inline
export function setScaled(v: usize, factor: f32, w: usize, bytes: usize): void {
  const factors = f32x4.splat(factor);
  for (let at: usize = 0; at < bytes; at += 16) v128.store(v + at, f32x4.mul(factors, v128.load(w + at)));
}

/** v = 0 over so many bytes, a multiple of 16. */
@inline
export function clear(v: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 16) v128.store(v + at, f32x4.splat(0));
}

/** Copies `length` floats, a multiple of four. */
@inline
export function copy(from: usize, to: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
}

/** out = a − b over `length` floats, a multiple of four. */
@inline
export function subtract(a: usize, b: usize, out: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(out, f32x4.sub(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    out += 16;
  }
}

/** out = a ⊙ b over `length` floats, a multiple of four. */
@inline
export function multiply(a: usize, b: usize, out: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    out += 16;
  }
}

/** out = −a over `length` floats, a multiple of four. */
@inline
export function negate(a: usize, out: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(out, f32x4.neg(v128.load(a)));
    a += 16;
    out += 16;
  }
}
