import { paddedLength, sumLanesOf4 } from './vector';

// Products of a matrix with the vectors of a block of samples, and of two blocks with each other. Matrices are row-major
// float32; rows are padded with zeros to a multiple of four numbers, and the matrix with zero rows to a multiple of four. Vectors
// follow each other and are padded alike. Only the `count` vectors of a block are read and written, and what a sample gets does
// not depend on how many others there are, nor on which.
//
// Sums stay in registers, in tiles whose halves lie side by side: an engine that joins two instructions of 128 bits to one of 256
// then finds them, looking from stores backwards.

/** Rows of a matrix that are read again for each pair of samples: about so many bytes, which the first cache holds. */
const groupBytes: usize = 16384;
/** From so many samples on, putting columns of a matrix side by side is worth its time. */
const packedSamples: i32 = 8;
/** From so many samples on, a sum takes longer than reading what it is added to. */
const longSums: i32 = 16;

/**
 * out_s = W in_s for each of `count` vectors s. The columns of each class modulo eight are summed one after the other, then the
 * eight sums. `scratch` is room for 128 bytes.
 */
export function multiplyMatrix(
  weights: usize,
  rows: i32,
  columns: i32,
  inputs: usize,
  count: i32,
  outputs: usize,
  scratch: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const outputBytes = <usize>paddedLength(rows) << 2;
  const rowCount = paddedLength(rows);
  const pairs = count & ~1;
  const groupRows = pairs ? max(4, <i32>(groupBytes / bytes) & ~3) : rowCount;
  for (let first = 0; first < rowCount; first += groupRows) {
    const end = min(first + groupRows, rowCount);
    let input = inputs;
    let output = outputs;
    for (let sample = 0; sample < pairs; sample += 2) {
      let row = weights + <usize>first * bytes;
      for (let i = first; i < end; i += 2) {
        multiplyTile(row, bytes, input, bytes, bytes, scratch);
        const sums = sumHalves(scratch);
        const to = output + (<usize>i << 2);
        v128.store64_lane(to, sums, 0);
        v128.store64_lane(to + outputBytes, sums, 1);
        row += 2 * bytes;
      }
      input += 2 * bytes;
      output += 2 * outputBytes;
    }
    if (pairs == count) continue;
    let row = weights + <usize>first * bytes;
    for (let i = first; i < end; i += 4) {
      multiplyRows(row, bytes, input, scratch);
      v128.store(output + (<usize>i << 2), sumHalves(scratch));
      row += 4 * bytes;
    }
  }
}

/**
 * The sums of two rows with two samples, in the order (row 0, sample 0), (1, 0), (0, 1), (1, 1): eight lanes each at `scratch`.
 */
@inline
function multiplyTile(row: usize, bytes: usize, input: usize, inputBytes: usize, length: usize, scratch: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  let other = row + bytes;
  let next = input + inputBytes;
  const end = input + (length & ~31);
  while (input < end) {
    const w0 = v128.load(row);
    const w1 = v128.load(row, 16);
    const v0 = v128.load(other);
    const v1 = v128.load(other, 16);
    const x0 = v128.load(input);
    const x1 = v128.load(input, 16);
    const y0 = v128.load(next);
    const y1 = v128.load(next, 16);
    a0 = f32x4.add(a0, f32x4.mul(w0, x0));
    a1 = f32x4.add(a1, f32x4.mul(w1, x1));
    b0 = f32x4.add(b0, f32x4.mul(v0, x0));
    b1 = f32x4.add(b1, f32x4.mul(v1, x1));
    c0 = f32x4.add(c0, f32x4.mul(w0, y0));
    c1 = f32x4.add(c1, f32x4.mul(w1, y1));
    d0 = f32x4.add(d0, f32x4.mul(v0, y0));
    d1 = f32x4.add(d1, f32x4.mul(v1, y1));
    row += 32;
    other += 32;
    input += 32;
    next += 32;
  }
  storeHalves(scratch, a0, a1, b0, b1, c0, c1, d0, d1);
  if (!(length & 16)) return;
  const w = v128.load(row);
  const v = v128.load(other);
  const x = v128.load(input);
  const y = v128.load(next);
  addProductTo(scratch, w, x);
  addProductTo(scratch + 32, v, x);
  addProductTo(scratch + 64, w, y);
  addProductTo(scratch + 96, v, y);
}

/** The sums of four rows with one sample, eight lanes each at `scratch`: the same numbers as a tile has. */
@inline
function multiplyRows(row: usize, bytes: usize, input: usize, scratch: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  let row1 = row + bytes;
  let row2 = row1 + bytes;
  let row3 = row2 + bytes;
  const end = input + (bytes & ~31);
  while (input < end) {
    const x0 = v128.load(input);
    const x1 = v128.load(input, 16);
    a0 = f32x4.add(a0, f32x4.mul(v128.load(row), x0));
    a1 = f32x4.add(a1, f32x4.mul(v128.load(row, 16), x1));
    b0 = f32x4.add(b0, f32x4.mul(v128.load(row1), x0));
    b1 = f32x4.add(b1, f32x4.mul(v128.load(row1, 16), x1));
    c0 = f32x4.add(c0, f32x4.mul(v128.load(row2), x0));
    c1 = f32x4.add(c1, f32x4.mul(v128.load(row2, 16), x1));
    d0 = f32x4.add(d0, f32x4.mul(v128.load(row3), x0));
    d1 = f32x4.add(d1, f32x4.mul(v128.load(row3, 16), x1));
    row += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
    input += 32;
  }
  storeHalves(scratch, a0, a1, b0, b1, c0, c1, d0, d1);
  if (!(bytes & 16)) return;
  const x = v128.load(input);
  addProductTo(scratch, v128.load(row), x);
  addProductTo(scratch + 32, v128.load(row1), x);
  addProductTo(scratch + 64, v128.load(row2), x);
  addProductTo(scratch + 96, v128.load(row3), x);
}

@inline
function storeHalves(at: usize, a0: v128, a1: v128, b0: v128, b1: v128, c0: v128, c1: v128, d0: v128, d1: v128): void {
  v128.store(at, a0);
  v128.store(at, a1, 16);
  v128.store(at, b0, 32);
  v128.store(at, b1, 48);
  v128.store(at, c0, 64);
  v128.store(at, c1, 80);
  v128.store(at, d0, 96);
  v128.store(at, d1, 112);
}

@inline
function addProductTo(at: usize, a: v128, b: v128): void {
  v128.store(at, f32x4.add(v128.load(at), f32x4.mul(a, b)));
}

/** The sums of four times eight lanes. */
@inline
function sumHalves(at: usize): v128 {
  return sumLanesOf4(
    f32x4.add(v128.load(at), v128.load(at, 16)),
    f32x4.add(v128.load(at, 32), v128.load(at, 48)),
    f32x4.add(v128.load(at, 64), v128.load(at, 80)),
    f32x4.add(v128.load(at, 96), v128.load(at, 112)),
  );
}

/**
 * out_s = Wᵀ in_s for each of `count` vectors s: rows of W are summed one after the other. `scratch` is room for count + 8 numbers a
 * row, rows rounded up to a multiple of four.
 */
export function multiplyTransposed(
  weights: usize,
  rows: i32,
  columns: i32,
  inputs: usize,
  count: i32,
  outputs: usize,
  scratch: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  const inputBytes = <usize>paddedLength(rows) << 2;
  const packed = count < packedSamples ? 0 : count & ~3;
  if (packed) {
    const panel = scratch + <usize>packed * inputBytes;
    transposeFours(inputs, inputBytes, packed, scratch);
    let column: usize = 0;
    for (; column + 32 <= bytes; column += 32) {
      multiplyPanel(true, weights + column, bytes, inputBytes, scratch, packed, outputs + column, panel);
    }
    if (column < bytes) {
      multiplyPanel(false, weights + column, bytes, inputBytes, scratch, packed, outputs + column, panel);
    }
  }
  for (let sample = packed; sample < count; sample++) {
    addRows(weights, bytes, inputs + <usize>sample * inputBytes, inputBytes, outputs + <usize>sample * bytes);
  }
}

/** The same for eight columns of W, or four, and inputs of four samples side by side. `isWide` is a constant where this is inlined. */
@inline
function multiplyPanel(
  isWide: bool,
  columns: usize,
  bytes: usize,
  inputBytes: usize,
  inputs: usize,
  count: i32,
  output: usize,
  panel: usize,
): void {
  const depth = <i32>(inputBytes >> 2);
  let to = panel;
  for (let k = 0; k < depth; k++) {
    const upper = v128.load(columns);
    const lower = isWide ? v128.load(columns, 16) : upper;
    v128.store(to, upper);
    if (isWide) v128.store(to, lower, 16);
    columns += bytes;
    to += 32;
  }
  for (let sample = 0; sample < count; sample += 4) {
    productTile(isWide, false, inputs, panel, depth, output, bytes);
    inputs += inputBytes << 2;
    output += bytes << 2;
  }
}

/** The first numbers of four vectors side by side, then their second ones, and so on; the next four vectors after them. */
function transposeFours(vectors: usize, bytes: usize, count: i32, to: usize): void {
  for (let s = 0; s < count; s += 4) {
    for (const end = vectors + bytes; vectors < end; vectors += 16) {
      const a = v128.load(vectors);
      const b = v128.load(vectors + bytes);
      const c = v128.load(vectors + 2 * bytes);
      const d = v128.load(vectors + 3 * bytes);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(to, v128.shuffle<f64>(ab, cd, 1, 3), 16);
      const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to, v128.shuffle<f64>(ab2, cd2, 0, 2), 32);
      v128.store(to, v128.shuffle<f64>(ab2, cd2, 1, 3), 48);
      to += 64;
    }
    vectors += 3 * bytes;
  }
}

/** out = Wᵀ in for one sample: four rows of W at a time, from end to end. */
function addRows(weights: usize, bytes: usize, input: usize, inputBytes: usize, output: usize): void {
  memory.fill(output, 0, bytes);
  for (const end = input + inputBytes; input < end; input += 16) {
    const a0 = v128.load32_splat(input);
    const a1 = v128.load32_splat(input, 4);
    const a2 = v128.load32_splat(input, 8);
    const a3 = v128.load32_splat(input, 12);
    let row0 = weights;
    let row1 = row0 + bytes;
    let row2 = row1 + bytes;
    let row3 = row2 + bytes;
    let to = output;
    for (const last = to + (bytes & ~31); to < last; to += 32) {
      let upper = f32x4.add(v128.load(to), f32x4.mul(v128.load(row0), a0));
      let lower = f32x4.add(v128.load(to, 16), f32x4.mul(v128.load(row0, 16), a0));
      upper = f32x4.add(upper, f32x4.mul(v128.load(row1), a1));
      lower = f32x4.add(lower, f32x4.mul(v128.load(row1, 16), a1));
      upper = f32x4.add(upper, f32x4.mul(v128.load(row2), a2));
      lower = f32x4.add(lower, f32x4.mul(v128.load(row2, 16), a2));
      upper = f32x4.add(upper, f32x4.mul(v128.load(row3), a3));
      lower = f32x4.add(lower, f32x4.mul(v128.load(row3, 16), a3));
      v128.store(to, upper);
      v128.store(to, lower, 16);
      row0 += 32;
      row1 += 32;
      row2 += 32;
      row3 += 32;
    }
    if (bytes & 16) {
      let sum = f32x4.add(v128.load(to), f32x4.mul(v128.load(row0), a0));
      sum = f32x4.add(sum, f32x4.mul(v128.load(row1), a1));
      sum = f32x4.add(sum, f32x4.mul(v128.load(row2), a2));
      v128.store(to, f32x4.add(sum, f32x4.mul(v128.load(row3), a3)));
    }
    weights += bytes << 2;
  }
}

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
  const bytes = <usize>paddedLength(columns) << 2;
  const leftBytes = <usize>paddedLength(rows) << 2;
  if (count == 1) {
    addOuterProduct(target, rows, bytes, left, right, <f32>factor);
    return;
  }
  // The tile takes an even number.
  const depth = (count + 1) & ~1;
  const rights = scratch + <usize>depth * leftBytes;
  packLeft(left, leftBytes, count, depth, <f32>factor, scratch);
  packRight(right, bytes, count, depth, rights);
  const tileBytes = <usize>depth << 4;
  const panelBytes = <usize>depth << 5;
  if (count < longSums) {
    for (let row: usize = 0, a = scratch; row < leftBytes; row += 16, a += tileBytes) {
      let b = rights;
      let column: usize = 0;
      for (; column + 32 <= bytes; column += 32, b += panelBytes) {
        productTile(true, true, a, b, depth, target + column, bytes);
      }
      if (column < bytes) productTile(false, true, a, b, depth, target + column, bytes);
      target += bytes << 2;
    }
    return;
  }
  let b = rights;
  let column: usize = 0;
  for (; column + 32 <= bytes; column += 32, b += panelBytes) {
    addPanel(true, scratch, leftBytes, b, depth, target + column, bytes);
  }
  if (column < bytes) addPanel(false, scratch, leftBytes, b, depth, target + column, bytes);
}

/** The same for eight columns, or four, from packed vectors. `isWide` is a constant where this is inlined. */
@inline
function addPanel(isWide: bool, a: usize, leftBytes: usize, b: usize, depth: i32, target: usize, bytes: usize): void {
  for (let row: usize = 0; row < leftBytes; row += 16) {
    productTile(isWide, true, a, b, depth, target, bytes);
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

/** Eight numbers of each vector side by side, of the last four if that is what is left; zeros for vectors from `count` to `depth`. */
function packRight(right: usize, bytes: usize, count: i32, depth: i32, to: usize): void {
  const zero = f32x4.splat(0);
  for (let s = 0; s < depth; s++) {
    let at = to;
    for (let column: usize = 0; column < bytes; column += 32) {
      v128.store(at, s < count ? v128.load(right + column) : zero);
      if (column + 32 <= bytes) v128.store(at, s < count ? v128.load(right + column, 16) : zero, 16);
      at += <usize>depth << 5;
    }
    right += bytes;
    to += 32;
  }
}

/**
 * C = A B, or C += A B, for four rows of C and eight columns, or four: A is packed in fours of rows, B in eights of columns; `depth`,
 * their common length, is even. `isWide` and `isAdded` are constants where this is inlined.
 */
@inline
function productTile(isWide: bool, isAdded: bool, a: usize, b: usize, depth: i32, c: usize, cBytes: usize): void {
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
    s0 = f32x4.add(s0, f32x4.mul(upper, factor));
    if (isWide) t0 = f32x4.add(t0, f32x4.mul(lower, factor));
    factor = v128.load32_splat(a, 4);
    s1 = f32x4.add(s1, f32x4.mul(upper, factor));
    if (isWide) t1 = f32x4.add(t1, f32x4.mul(lower, factor));
    factor = v128.load32_splat(a, 8);
    s2 = f32x4.add(s2, f32x4.mul(upper, factor));
    if (isWide) t2 = f32x4.add(t2, f32x4.mul(lower, factor));
    factor = v128.load32_splat(a, 12);
    s3 = f32x4.add(s3, f32x4.mul(upper, factor));
    if (isWide) t3 = f32x4.add(t3, f32x4.mul(lower, factor));
    upper = v128.load(b, 32);
    lower = isWide ? v128.load(b, 48) : upper;
    factor = v128.load32_splat(a, 16);
    s0 = f32x4.add(s0, f32x4.mul(upper, factor));
    if (isWide) t0 = f32x4.add(t0, f32x4.mul(lower, factor));
    factor = v128.load32_splat(a, 20);
    s1 = f32x4.add(s1, f32x4.mul(upper, factor));
    if (isWide) t1 = f32x4.add(t1, f32x4.mul(lower, factor));
    factor = v128.load32_splat(a, 24);
    s2 = f32x4.add(s2, f32x4.mul(upper, factor));
    if (isWide) t2 = f32x4.add(t2, f32x4.mul(lower, factor));
    factor = v128.load32_splat(a, 28);
    s3 = f32x4.add(s3, f32x4.mul(upper, factor));
    if (isWide) t3 = f32x4.add(t3, f32x4.mul(lower, factor));
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

/** target += (factor left) rightᵀ for one pair of vectors, row by row. */
function addOuterProduct(target: usize, rows: i32, bytes: usize, left: usize, right: usize, factor: f32): void {
  for (let i = 0; i < rows; i++) {
    const a = f32x4.splat(factor * load<f32>(left));
    const end = target + (bytes & ~31);
    let from = right;
    for (; target < end; target += 32) {
      const low = f32x4.add(v128.load(target), f32x4.mul(a, v128.load(from)));
      const high = f32x4.add(v128.load(target, 16), f32x4.mul(a, v128.load(from, 16)));
      v128.store(target, low);
      v128.store(target, high, 16);
      from += 32;
    }
    if (bytes & 16) {
      v128.store(target, f32x4.add(v128.load(target), f32x4.mul(a, v128.load(from))));
      target += 16;
    }
    left += 4;
  }
}
