import { Source } from './layout';
import { copy } from './pointwise';
import { inputOf, isAsItLies, loadInputs, numberAt } from './sample-blocks';
import { paddedLength } from './vector';

// What a sample changes and what the next one drives, in one pass over the weights. Matrices and vectors are as in matrix-products.ts.

/** Rows of so many bytes are read from end to end: matrices of them are larger than the caches, which like what follows each other. */
const wideBytes: usize = 1024;

/**
 * W ← keep ⊙ W + (factor left) rightᵀ, and then out = Wᵀ next: the numbers that learnDecaying, learnDecayingColumns or addOuterProducts, and
 * then multiplyTransposed, come to. What is kept is 1 − factor decay, or where `decays` is not 0, of each column 1 − factor decays_j.
 */
export function learnAndDrive(
  weights: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  factor: f64,
  decay: f64,
  decays: usize,
  next: usize,
  out: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const end = left + (<usize>rows << 2);
  const keep = f32x4.splat(<f32>(1 - factor * decay));
  const keepsAll = decay == 0 && decays == 0;
  if (bytes >= wideBytes) {
    if (keepsAll) passRows(true, weights, rows, bytes, left, right, <f32>factor, keep, 0, next, out);
    else passRows(false, weights, rows, bytes, left, right, <f32>factor, keep, decays, next, out);
    return;
  }
  for (let column: usize = 0; column < bytes; column += 64) {
    const at = weights + column;
    const own = decays ? decays + column : 0;
    const to = out + column;
    const fours = min(4, (bytes - column) >> 4);
    if (fours == 4 && keepsAll) passParts(true, 4, at, bytes, left, end, right + column, <f32>factor, keep, own, next, to);
    else if (fours == 4) passParts(false, 4, at, bytes, left, end, right + column, <f32>factor, keep, own, next, to);
    else if (fours == 3) passParts(false, 3, at, bytes, left, end, right + column, <f32>factor, keep, own, next, to);
    else if (fours == 2) passParts(false, 2, at, bytes, left, end, right + column, <f32>factor, keep, own, next, to);
    else passParts(false, 1, at, bytes, left, end, right + column, <f32>factor, keep, own, next, to);
  }
}

/**
 * The same for the sample at a position of a source's order, and the one after it: of inputs that are signals as they lie nothing is copied.
 * @param input where the sample's input is, if it is not as it lies; the next one's is put there then. @param room for the next one's
 */
export function learnAndDriveNext(
  source: Source,
  position: i32,
  input: usize,
  room: usize,
  weights: usize,
  rows: i32,
  columns: i32,
  right: usize,
  factor: f64,
  decay: f64,
  decays: usize,
  out: usize,
): void {
  const own = numberAt(source, position);
  const following = numberAt(source, position + 1);
  const left = isAsItLies(source, own) ? inputOf(source, own) : input;
  if (isAsItLies(source, following)) {
    learnAndDrive(weights, rows, columns, left, right, factor, decay, decays, inputOf(source, following), out);
    return;
  }
  loadInputs(source, position + 1, 1, rows, room);
  learnAndDrive(weights, rows, columns, left, right, factor, decay, decays, room, out);
  copy(room, input, paddedLength(rows));
}

/**
 * What learnAndDrive does, for so many fours of columns, a constant where this is inlined, as is whether all is kept: what is the same for all rows stays in
 * registers.
 */
@inline
function passParts(
  keepsAll: bool,
  fours: i32,
  weights: usize,
  bytes: usize,
  left: usize,
  end: usize,
  right: usize,
  factor: f32,
  keep: v128,
  decays: usize,
  next: usize,
  out: usize,
): void {
  const r0 = v128.load(right);
  const r1 = fours > 1 ? v128.load(right, 16) : r0;
  const r2 = fours > 2 ? v128.load(right, 32) : r0;
  const r3 = fours > 3 ? v128.load(right, 48) : r0;
  const k0 = decays ? kept(decays, factor) : keep;
  const k1 = decays && fours > 1 ? kept(decays + 16, factor) : keep;
  const k2 = decays && fours > 2 ? kept(decays + 32, factor) : keep;
  const k3 = decays && fours > 3 ? kept(decays + 48, factor) : keep;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  while (left < end) {
    const a = f32x4.splat(factor * load<f32>(left));
    const x = v128.load32_splat(next);
    const w0 = changed(keepsAll, k0, v128.load(weights), f32x4.mul(a, r0));
    const w1 = fours > 1 ? changed(keepsAll, k1, v128.load(weights, 16), f32x4.mul(a, r1)) : w0;
    const w2 = fours > 2 ? changed(keepsAll, k2, v128.load(weights, 32), f32x4.mul(a, r2)) : w0;
    const w3 = fours > 3 ? changed(keepsAll, k3, v128.load(weights, 48), f32x4.mul(a, r3)) : w0;
    v128.store(weights, w0);
    if (fours > 1) v128.store(weights, w1, 16);
    if (fours > 2) v128.store(weights, w2, 32);
    if (fours > 3) v128.store(weights, w3, 48);
    s0 = f32x4.add(s0, f32x4.mul(w0, x));
    if (fours > 1) s1 = f32x4.add(s1, f32x4.mul(w1, x));
    if (fours > 2) s2 = f32x4.add(s2, f32x4.mul(w2, x));
    if (fours > 3) s3 = f32x4.add(s3, f32x4.mul(w3, x));
    weights += bytes;
    left += 4;
    next += 4;
  }
  v128.store(out, s0);
  if (fours > 1) v128.store(out, s1, 16);
  if (fours > 2) v128.store(out, s2, 32);
  if (fours > 3) v128.store(out, s3, 48);
}

/**
 * The same for whole rows, four at a time, each number of the vectors being read once for four of W. `keepsAll` is a constant where this is
 * inlined.
 */
@inline
function passRows(
  keepsAll: bool,
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
    passRowsFrom(4, keepsAll, weights, bytes, left, right, factor, keep, decays, next, out);
    weights += bytes << 2;
    left += 16;
    next += 16;
  }
  for (; row < rows; row++) {
    passRowsFrom(1, keepsAll, weights, bytes, left, right, factor, keep, decays, next, out);
    weights += bytes;
    left += 4;
    next += 4;
  }
}

/** The same for four rows, or one: `count` is a constant where this is inlined. */
@inline
function passRowsFrom(
  count: i32,
  keepsAll: bool,
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
    const k = !keepsAll && decays ? kept(decays, factor) : keep;
    const l = !keepsAll && decays ? kept(decays + 16, factor) : keep;
    let low = v128.load(out);
    let high = v128.load(out, 16);
    const v0 = changed(keepsAll, k, v128.load(row0), f32x4.mul(a0, r));
    const w0 = changed(keepsAll, l, v128.load(row0, 16), f32x4.mul(a0, s));
    v128.store(row0, v0);
    v128.store(row0, w0, 16);
    low = f32x4.add(low, f32x4.mul(v0, x0));
    high = f32x4.add(high, f32x4.mul(w0, x0));
    if (count > 1) {
      const v1 = changed(keepsAll, k, v128.load(row1), f32x4.mul(a1, r));
      const w1 = changed(keepsAll, l, v128.load(row1, 16), f32x4.mul(a1, s));
      v128.store(row1, v1);
      v128.store(row1, w1, 16);
      low = f32x4.add(low, f32x4.mul(v1, x1));
      high = f32x4.add(high, f32x4.mul(w1, x1));
      const v2 = changed(keepsAll, k, v128.load(row2), f32x4.mul(a2, r));
      const w2 = changed(keepsAll, l, v128.load(row2, 16), f32x4.mul(a2, s));
      v128.store(row2, v2);
      v128.store(row2, w2, 16);
      low = f32x4.add(low, f32x4.mul(v2, x2));
      high = f32x4.add(high, f32x4.mul(w2, x2));
      const v3 = changed(keepsAll, k, v128.load(row3), f32x4.mul(a3, r));
      const w3 = changed(keepsAll, l, v128.load(row3, 16), f32x4.mul(a3, s));
      v128.store(row3, v3);
      v128.store(row3, w3, 16);
      low = f32x4.add(low, f32x4.mul(v3, x3));
      high = f32x4.add(high, f32x4.mul(w3, x3));
    }
    v128.store(out, low);
    v128.store(out, high, 16);
    out += 32;
    if (!keepsAll && decays) decays += 32;
    row0 += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
  }
  if (!(bytes & 16)) return;
  const r = v128.load(right);
  const k = !keepsAll && decays ? kept(decays, factor) : keep;
  let sum = v128.load(out);
  const v0 = changed(keepsAll, k, v128.load(row0), f32x4.mul(a0, r));
  v128.store(row0, v0);
  sum = f32x4.add(sum, f32x4.mul(v0, x0));
  if (count > 1) {
    const v1 = changed(keepsAll, k, v128.load(row1), f32x4.mul(a1, r));
    v128.store(row1, v1);
    sum = f32x4.add(sum, f32x4.mul(v1, x1));
    const v2 = changed(keepsAll, k, v128.load(row2), f32x4.mul(a2, r));
    v128.store(row2, v2);
    sum = f32x4.add(sum, f32x4.mul(v2, x2));
    const v3 = changed(keepsAll, k, v128.load(row3), f32x4.mul(a3, r));
    v128.store(row3, v3);
    sum = f32x4.add(sum, f32x4.mul(v3, x3));
  }
  v128.store(out, sum);
}

/** keep w + change; where all is kept, w + change. */
@inline
function changed(keepsAll: bool, keep: v128, w: v128, change: v128): v128 {
  return f32x4.add(keepsAll ? w : f32x4.mul(keep, w), change);
}

/** 1 − factor d of four columns. */
@inline
function kept(decays: usize, factor: f32): v128 {
  return f32x4.sub(f32x4.splat(1), f32x4.mul(f32x4.splat(factor), v128.load(decays)));
}
