import { joinsVectors } from './joined-vectors';
import { addToListedRows, listScaled } from './listed-rows';
import { multiplyAdd } from './multiply-add';
import { productTile, wideProductTile } from './packed-tiles';
import { allZero } from './pointwise';
import { sumColumn } from './single-columns';
import { Sum } from './sums';
import { paddedLength } from './vector';

// Sums of outer products of the vectors of two blocks; matrices and blocks are as in matrix-products.ts.

/** From so many samples on, a sum takes longer than reading what it is added to. */
const longSums: i32 = 16;
/** About how much of the packed rows is used again and again: the first cache holds it. */
const cachedBytes: usize = 24576;

/**
 * target += Σ_s (factor left_s) right_sᵀ over `count` pairs of vectors, one sum after the other; target is rows × columns.
 * `scratch` is room for (count + 1) · (rows + columns) numbers, both rounded up to a multiple of eight.
 */
export function addOuterProducts(
  target: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  count: i32,
  factor: f64,
  scratch: usize,
): void {
  sumOuterProducts(Sum.IsAdded, target, rows, columns, left, right, count, factor, scratch);
}

/** The same, each pair being added to what was summed of those before: a sum over several blocks has the bits of one over all. */
export function continueOuterProducts(
  target: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  count: i32,
  factor: f64,
  scratch: usize,
): void {
  sumOuterProducts(Sum.GoesOn, target, rows, columns, left, right, count, factor, scratch);
}

/** Either of them: `sum` is a constant where this is inlined. */
@inline
function sumOuterProducts(
  sum: Sum,
  target: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  count: i32,
  factor: f64,
  scratch: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const leftBytes = <usize>paddedLength(rows) << 2;
  if (count == 1) {
    addOuterProduct(target, rows, bytes, left, right, <f32>factor, scratch);
    return;
  }
  if (columns == 1) {
    sumColumn(sum, target, left, leftBytes, right, count, <f32>factor, scratch);
    return;
  }
  // The tile takes an even number.
  const depth = (count + 1) & ~1;
  const rights = scratch + <usize>depth * leftBytes;
  packLeft(left, leftBytes, count, depth, <f32>factor, scratch);
  packRight(right, bytes, count, depth, rights);
  const panelBytes = <usize>depth << 5;
  // Rows whose packed vectors stay in the first cache while the columns go by; short sums write more than they read.
  const groupBytes = count < longSums ? 16 : max(16, (cachedBytes / panelBytes) << 5);
  for (let row: usize = 0; row < leftBytes; row += groupBytes) {
    const a = scratch + (row >> 4) * (<usize>depth << 4);
    const length = min(groupBytes, leftBytes - row);
    let b = rights;
    let column: usize = 0;
    if (joinsVectors) {
      for (; column + 64 <= bytes; column += 64, b += 2 * panelBytes) {
        if (sum == Sum.GoesOn) continueWidePanel(a, length, b, depth, target + column, bytes);
        else addWidePanel(a, length, b, depth, target + column, bytes);
      }
    }
    for (; column + 32 <= bytes; column += 32, b += panelBytes) addPanel(true, sum, a, length, b, depth, target + column, bytes);
    if (column < bytes) addPanel(false, sum, a, length, b, depth, target + column, bytes);
    target += (length >> 2) * bytes;
  }
}

/** The same for sixteen columns, and so many bytes of packed rows. */
function addWidePanel(a: usize, length: usize, b: usize, depth: i32, target: usize, bytes: usize): void {
  sumWidePanel(Sum.IsAdded, a, length, b, depth, target, bytes);
}

function continueWidePanel(a: usize, length: usize, b: usize, depth: i32, target: usize, bytes: usize): void {
  sumWidePanel(Sum.GoesOn, a, length, b, depth, target, bytes);
}

@inline
function sumWidePanel(sum: Sum, a: usize, length: usize, b: usize, depth: i32, target: usize, bytes: usize): void {
  for (let row: usize = 0; row < length; row += 16) {
    wideProductTile(sum, a, b, depth, target, bytes);
    a += <usize>depth << 4;
    target += bytes << 2;
  }
}

/** The same for eight columns, or four. `isWide` is a constant where this is inlined. */
@inline
function addPanel(isWide: bool, sum: Sum, a: usize, length: usize, b: usize, depth: i32, target: usize, bytes: usize): void {
  for (let row: usize = 0; row < length; row += 16) {
    productTile(isWide, sum, a, b, depth, target, bytes);
    a += <usize>depth << 4;
    target += bytes << 2;
  }
}

/** Four numbers of each vector, times the factor, side by side; zeros for vectors from `count` to `depth`. */
function packLeft(left: usize, bytes: usize, count: i32, depth: i32, factor: f32, to: usize): void {
  const factors = f32x4.splat(factor);
  for (let s = 0; s < depth; s++) {
    let at = to;
    for (const end = left + bytes; left < end; left += 16) {
      v128.store(at, s < count ? f32x4.mul(factors, v128.load(left)) : f32x4.splat(0));
      at += <usize>depth << 4;
    }
    to += 16;
  }
}

/**
 * Sixteen numbers of each vector side by side where the engine joins vectors, and eight of what is left, or else eight; of the last four if
 * that is what is left; zeros for vectors from `count` to `depth`.
 */
function packRight(right: usize, bytes: usize, count: i32, depth: i32, to: usize): void {
  const panelBytes = <usize>depth << 5;
  const wideBytes = joinsVectors ? bytes & ~63 : 0;
  for (let s = 0; s < depth; s++) {
    const isThere = s < count;
    let at = to + (<usize>s << 6);
    let column: usize = 0;
    for (; column < wideBytes; column += 64, at += 2 * panelBytes) {
      packEight(isThere, right + column, at);
      packEight(isThere, right + column + 32, at + 32);
    }
    at = to + (column >> 5) * panelBytes + (<usize>s << 5);
    for (; column + 32 <= bytes; column += 32, at += panelBytes) packEight(isThere, right + column, at);
    if (column < bytes) v128.store(at, isThere ? v128.load(right + column) : f32x4.splat(0));
    right += bytes;
  }
}

@inline
function packEight(isThere: bool, from: usize, to: usize): void {
  const zero = f32x4.splat(0);
  v128.store(to, isThere ? v128.load(from) : zero);
  v128.store(to, isThere ? v128.load(from, 16) : zero, 16);
}

/**
 * target += (factor left) rightᵀ for one pair of vectors; rows to which nothing is added, as of cells without a spike, are left alone. `list` is room for
 * two numbers more than two a row.
 */
function addOuterProduct(target: usize, rows: i32, bytes: usize, left: usize, right: usize, factor: f32, list: usize): void {
  if (allZero(right, <i32>(bytes >> 2))) return;
  if (bytes == 16) {
    addFour(target, rows, left, right, factor);
    return;
  }
  if (bytes == 64) {
    addSixteen(target, rows, left, right, factor);
    return;
  }
  addToListedRows(list, listScaled(left, <usize>rows << 2, factor, list), 1, target, bytes, right);
}

/** The same of rows of four numbers, as biases have, without a question for each. */
function addFour(target: usize, rows: i32, left: usize, right: usize, factor: f32): void {
  const r = v128.load(right);
  const zero = f32x4.splat(0);
  for (const end = target + (<usize>rows << 4); target < end; target += 16) {
    const a = f32x4.splat(factor * load<f32>(left));
    const before = v128.load(target);
    v128.store(target, v128.bitselect(before, multiplyAdd(before, a, r), f32x4.eq(a, zero)));
    left += 4;
  }
}

/** The same of rows of sixteen numbers: the right vector stays in registers. */
function addSixteen(target: usize, rows: i32, left: usize, right: usize, factor: f32): void {
  const r0 = v128.load(right);
  const r1 = v128.load(right, 16);
  const r2 = v128.load(right, 32);
  const r3 = v128.load(right, 48);
  for (const end = target + (<usize>rows << 6); target < end; target += 64) {
    const a = f32x4.splat(factor * load<f32>(left));
    v128.store(target, multiplyAdd(v128.load(target), a, r0));
    v128.store(target, multiplyAdd(v128.load(target, 16), a, r1), 16);
    v128.store(target, multiplyAdd(v128.load(target, 32), a, r2), 32);
    v128.store(target, multiplyAdd(v128.load(target, 48), a, r3), 48);
    left += 4;
  }
}
