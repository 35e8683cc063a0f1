import { addToRow, splat, storeSums, storeSumsOf4 } from './blocks';

// The passes over V, at most eight rows in one block, for an input of bytes whose chunks of eight that are not all zero are
// listed (statistics.ts): their pixels follow each other. The bytes are turned into float32 on the way and kept for the pass that learns.

/** The lower four of eight bytes as float32, and the upper four. */
@inline
export function lower(bytes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(bytes));
}
@inline
export function upper(bytes: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(bytes));
}

/** V p; keeps p at `pixels`. `rows` is a constant where this is inlined. Writes float64, an even number of them. */
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
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  const end = chunks + (<usize>count << 1);
  if (rows <= 2) {
    // Two chunks at a time into sums of their own: one sum after the other would wait for each addition.
    for (const last = end - 2; chunks < last; chunks += 4) {
      let chunk = <usize>load<u16>(chunks);
      let bytes = v128.load8x8_u(input);
      let at = values + chunk * <usize>(rows << 5);
      const p0 = lower(bytes);
      const q0 = upper(bytes);
      chunk = <usize>load<u16>(chunks, 2);
      bytes = v128.load8x8_u(input, 8);
      input += 16;
      const p1 = lower(bytes);
      const q1 = upper(bytes);
      v128.store(pixels, p0);
      v128.store(pixels, q0, 16);
      v128.store(pixels, p1, 32);
      v128.store(pixels, q1, 48);
      pixels += 64;
      if (rows == 1) {
        s0 = f32x4.add(s0, f32x4.mul(v128.load(at), p0));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 16), q0));
        at = values + (chunk << 5);
        s2 = f32x4.add(s2, f32x4.mul(v128.load(at), p1));
        s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 16), q1));
      } else {
        s0 = f32x4.add(s0, f32x4.mul(v128.load(at), p0));
        s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 16), p0));
        s2 = f32x4.add(s2, f32x4.mul(v128.load(at, 32), q0));
        s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 48), q0));
        at = values + (chunk << 6);
        s4 = f32x4.add(s4, f32x4.mul(v128.load(at), p1));
        s5 = f32x4.add(s5, f32x4.mul(v128.load(at, 16), p1));
        s6 = f32x4.add(s6, f32x4.mul(v128.load(at, 32), q1));
        s7 = f32x4.add(s7, f32x4.mul(v128.load(at, 48), q1));
      }
    }
  }
  for (; chunks < end; chunks += 2) {
    const chunk = <usize>load<u16>(chunks);
    const bytes = v128.load8x8_u(input);
    input += 8;
    const at = values + chunk * <usize>(rows << 5);
    const p = lower(bytes);
    const q = upper(bytes);
    v128.store(pixels, p);
    v128.store(pixels, q, 16);
    if (rows == 1) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(at), p));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 16), q));
    }
    if (rows == 2) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(at), p));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 16), p));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(at, 32), q));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 48), q));
    }
    if (rows == 4) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(at), p));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 16), p));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(at, 32), p));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 48), p));
      s0 = f32x4.add(s0, f32x4.mul(v128.load(at, 64), q));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 80), q));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(at, 96), q));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 112), q));
    }
    if (rows == 8) {
      s0 = f32x4.add(s0, f32x4.mul(v128.load(at), p));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 16), p));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(at, 32), p));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 48), p));
      s4 = f32x4.add(s4, f32x4.mul(v128.load(at, 64), p));
      s5 = f32x4.add(s5, f32x4.mul(v128.load(at, 80), p));
      s6 = f32x4.add(s6, f32x4.mul(v128.load(at, 96), p));
      s7 = f32x4.add(s7, f32x4.mul(v128.load(at, 112), p));
      s0 = f32x4.add(s0, f32x4.mul(v128.load(at, 128), q));
      s1 = f32x4.add(s1, f32x4.mul(v128.load(at, 144), q));
      s2 = f32x4.add(s2, f32x4.mul(v128.load(at, 160), q));
      s3 = f32x4.add(s3, f32x4.mul(v128.load(at, 176), q));
      s4 = f32x4.add(s4, f32x4.mul(v128.load(at, 192), q));
      s5 = f32x4.add(s5, f32x4.mul(v128.load(at, 208), q));
      s6 = f32x4.add(s6, f32x4.mul(v128.load(at, 224), q));
      s7 = f32x4.add(s7, f32x4.mul(v128.load(at, 240), q));
    }
    pixels += 32;
  }
  if (rows == 1) storeSums(output, f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)), s0, 1);
  if (rows == 2) {
    const first = f32x4.add(f32x4.add(s0, s2), f32x4.add(s4, s6));
    const second = f32x4.add(f32x4.add(s1, s3), f32x4.add(s5, s7));
    storeSums(output, first, second, 2);
  }
  if (rows >= 4) storeSumsOf4(output, s0, s1, s2, s3);
  if (rows == 8) storeSumsOf4(output + 32, s4, s5, s6, s7);
}

/** V += changes pᵀ, p being what `driveListed` kept. `rows` is a constant where this is inlined. */
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
  const c4 = splat(changes + 32);
  const c5 = splat(changes + 40);
  const c6 = splat(changes + 48);
  const c7 = splat(changes + 56);
  const end = chunks + (<usize>count << 1);
  if (rows <= 2) {
    for (const last = end - 2; chunks < last; chunks += 4) {
      const at = values + <usize>load<u16>(chunks) * <usize>(rows << 5);
      const next = values + <usize>load<u16>(chunks, 2) * <usize>(rows << 5);
      learnFour(at, v128.load(pixels), rows, c0, c1, c2, c3, c4, c5, c6, c7);
      learnFour(at + <usize>(rows << 4), v128.load(pixels, 16), rows, c0, c1, c2, c3, c4, c5, c6, c7);
      learnFour(next, v128.load(pixels, 32), rows, c0, c1, c2, c3, c4, c5, c6, c7);
      learnFour(next + <usize>(rows << 4), v128.load(pixels, 48), rows, c0, c1, c2, c3, c4, c5, c6, c7);
      pixels += 64;
    }
  }
  for (; chunks < end; chunks += 2) {
    const at = values + <usize>load<u16>(chunks) * <usize>(rows << 5);
    const q = at + <usize>(rows << 4);
    learnFour(at, v128.load(pixels), rows, c0, c1, c2, c3, c4, c5, c6, c7);
    learnFour(q, v128.load(pixels, 16), rows, c0, c1, c2, c3, c4, c5, c6, c7);
    pixels += 32;
  }
}

/** V += changes pᵀ for four columns. */
@inline
function learnFour(
  at: usize,
  p: v128,
  rows: i32,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  c4: v128,
  c5: v128,
  c6: v128,
  c7: v128,
): void {
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
}
