import { joinsVectors } from './joined-vectors';
import { multiplyAdd } from './multiply-add';
import { entryBytes } from './sparse-lists';
import { Sum } from './sums';

// Strips of units, whose sums stay in registers while a list is read.

/** Bytes of a whole strip: engines that join vectors have registers for sixteen, others for twelve. */
@inline
export function stripBytes(): usize {
  return joinsVectors ? 256 : 192;
}

/**
 * Σ value · row over the entries of a list, for a strip of `width` vectors; it and `sum` are constants where this is inlined. Everything is
 * read before anything is stored: only then can an engine join pairs of stores, and so of sums.
 */
@inline
export function sumStrip(width: i32, sum: Sum, entry: usize, length: u32, rows: usize, bytes: usize, out: usize): void {
  const goesOn = sum == Sum.GoesOn;
  let s0 = goesOn ? v128.load(out) : f32x4.splat(0);
  let s1 = goesOn && width > 1 ? v128.load(out, 16) : f32x4.splat(0);
  let s2 = goesOn && width > 2 ? v128.load(out, 32) : f32x4.splat(0);
  let s3 = goesOn && width > 2 ? v128.load(out, 48) : f32x4.splat(0);
  let s4 = goesOn && width > 4 ? v128.load(out, 64) : f32x4.splat(0);
  let s5 = goesOn && width > 4 ? v128.load(out, 80) : f32x4.splat(0);
  let s6 = goesOn && width > 4 ? v128.load(out, 96) : f32x4.splat(0);
  let s7 = goesOn && width > 4 ? v128.load(out, 112) : f32x4.splat(0);
  let s8 = goesOn && width > 8 ? v128.load(out, 128) : f32x4.splat(0);
  let s9 = goesOn && width > 8 ? v128.load(out, 144) : f32x4.splat(0);
  let s10 = goesOn && width > 8 ? v128.load(out, 160) : f32x4.splat(0);
  let s11 = goesOn && width > 8 ? v128.load(out, 176) : f32x4.splat(0);
  let s12 = goesOn && width > 12 ? v128.load(out, 192) : f32x4.splat(0);
  let s13 = goesOn && width > 12 ? v128.load(out, 208) : f32x4.splat(0);
  let s14 = goesOn && width > 12 ? v128.load(out, 224) : f32x4.splat(0);
  let s15 = goesOn && width > 12 ? v128.load(out, 240) : f32x4.splat(0);
  for (const end = entry + <usize>length * entryBytes; entry < end; entry += entryBytes) {
    const row = rows + <usize>load<u32>(entry) * bytes;
    const x = v128.load32_splat(entry, 4);
    s0 = multiplyAdd(s0, v128.load(row), x);
    if (width > 1) s1 = multiplyAdd(s1, v128.load(row, 16), x);
    if (width > 2) {
      s2 = multiplyAdd(s2, v128.load(row, 32), x);
      s3 = multiplyAdd(s3, v128.load(row, 48), x);
    }
    if (width > 4) {
      s4 = multiplyAdd(s4, v128.load(row, 64), x);
      s5 = multiplyAdd(s5, v128.load(row, 80), x);
      s6 = multiplyAdd(s6, v128.load(row, 96), x);
      s7 = multiplyAdd(s7, v128.load(row, 112), x);
    }
    if (width > 8) {
      s8 = multiplyAdd(s8, v128.load(row, 128), x);
      s9 = multiplyAdd(s9, v128.load(row, 144), x);
      s10 = multiplyAdd(s10, v128.load(row, 160), x);
      s11 = multiplyAdd(s11, v128.load(row, 176), x);
    }
    if (width > 12) {
      s12 = multiplyAdd(s12, v128.load(row, 192), x);
      s13 = multiplyAdd(s13, v128.load(row, 208), x);
      s14 = multiplyAdd(s14, v128.load(row, 224), x);
      s15 = multiplyAdd(s15, v128.load(row, 240), x);
    }
  }
  if (sum == Sum.IsAdded) {
    s0 = f32x4.add(v128.load(out), s0);
    if (width > 1) s1 = f32x4.add(v128.load(out, 16), s1);
    if (width > 2) {
      s2 = f32x4.add(v128.load(out, 32), s2);
      s3 = f32x4.add(v128.load(out, 48), s3);
    }
    if (width > 4) {
      s4 = f32x4.add(v128.load(out, 64), s4);
      s5 = f32x4.add(v128.load(out, 80), s5);
      s6 = f32x4.add(v128.load(out, 96), s6);
      s7 = f32x4.add(v128.load(out, 112), s7);
    }
    if (width > 8) {
      s8 = f32x4.add(v128.load(out, 128), s8);
      s9 = f32x4.add(v128.load(out, 144), s9);
      s10 = f32x4.add(v128.load(out, 160), s10);
      s11 = f32x4.add(v128.load(out, 176), s11);
    }
    if (width > 12) {
      s12 = f32x4.add(v128.load(out, 192), s12);
      s13 = f32x4.add(v128.load(out, 208), s13);
      s14 = f32x4.add(v128.load(out, 224), s14);
      s15 = f32x4.add(v128.load(out, 240), s15);
    }
  }
  v128.store(out, s0);
  if (width > 1) v128.store(out, s1, 16);
  if (width > 2) {
    v128.store(out, s2, 32);
    v128.store(out, s3, 48);
  }
  if (width > 4) {
    v128.store(out, s4, 64);
    v128.store(out, s5, 80);
    v128.store(out, s6, 96);
    v128.store(out, s7, 112);
  }
  if (width > 8) {
    v128.store(out, s8, 128);
    v128.store(out, s9, 144);
    v128.store(out, s10, 160);
    v128.store(out, s11, 176);
  }
  if (width > 12) {
    v128.store(out, s12, 192);
    v128.store(out, s13, 208);
    v128.store(out, s14, 224);
    v128.store(out, s15, 240);
  }
}
