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
/** Rows of a packed panel that are summed before the next ones; the first cache holds them: 32 bytes each. */
const panelRows: i32 = 512;
/** From so many samples on, a panel is worth packing. */
const packedSamples: i32 = 12;
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
 * out_s = Wᵀ in_s for each of `count` vectors s: rows of W are summed one after the other. `scratch` is room for eight numbers a
 * row.
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
  const fours = count & ~3;
  for (let first = 0; first < rows && fours; first += panelRows) {
    const depth = min(panelRows, rows - first);
    for (let column: usize = 0; column < bytes; column += 32) {
      const isWide = column + 32 <= bytes;
      let panel = weights + <usize>first * bytes + column;
      let panelBytes = bytes;
      if (count >= packedSamples) {
        packPanel(panel, bytes, depth, isWide, scratch);
        panel = scratch;
        panelBytes = 32;
      }
      let input = inputs + (<usize>first << 2);
      let output = outputs + column;
      for (let sample = 0; sample < fours; sample += 4) {
        if (first) transposedTile(Sum.Continues, isWide, input, inputBytes, panel, panelBytes, depth, output, bytes);
        else transposedTile(Sum.Replaces, isWide, input, inputBytes, panel, panelBytes, depth, output, bytes);
        input += 4 * inputBytes;
        output += 4 * bytes;
      }
    }
  }
  for (let sample = fours; sample < count; sample++) {
    addRows(weights, rows, bytes, inputs + <usize>sample * inputBytes, outputs + <usize>sample * bytes);
  }
}

@inline
function transposedTile(
  sum: Sum,
  isWide: bool,
  input: usize,
  inputBytes: usize,
  panel: usize,
  panelBytes: usize,
  depth: i32,
  output: usize,
  bytes: usize,
): void {
  if (isWide) productTile(true, sum, input, inputBytes, 4, panel, panelBytes, depth, output, bytes);
  else productTile(false, sum, input, inputBytes, 4, panel, panelBytes, depth, output, bytes);
}

/** Puts eight (or four) columns of `depth` rows side by side, 32 bytes a row. */
@inline
function packPanel(from: usize, bytes: usize, depth: i32, isWide: bool, to: usize): void {
  for (let k = 0; k < depth; k++) {
    v128.store(to, v128.load(from));
    if (isWide) v128.store(to, v128.load(from, 16), 16);
    from += bytes;
    to += 32;
  }
}

/** What a tile's sums do with what is there. */
enum Sum {
  /** They take its place. */
  Replaces,
  /** It is their first term. */
  Continues,
  /** They are added to it when they are complete. */
  Adds,
}

@inline
function firstTerm(sum: Sum, at: usize): v128 {
  return sum == Sum.Continues ? v128.load(at) : f32x4.splat(0);
}

@inline
function lastTerm(sum: Sum, at: usize, value: v128): v128 {
  return sum == Sum.Adds ? f32x4.add(v128.load(at), value) : value;
}

/**
 * C = A B, or the like, for four rows of C and eight columns, or four: entry (i, k) of A lies at a + i `down` + k `right`, B has
 * `depth` rows. `isWide` and `sum` are constants where this is inlined.
 */
@inline
function productTile(
  isWide: bool,
  sum: Sum,
  a: usize,
  down: usize,
  right: usize,
  b: usize,
  bBytes: usize,
  depth: i32,
  c: usize,
  cBytes: usize,
): void {
  const c1 = c + cBytes;
  const c2 = c1 + cBytes;
  const c3 = c2 + cBytes;
  let s0 = firstTerm(sum, c);
  let t0 = isWide ? firstTerm(sum, c + 16) : s0;
  let s1 = firstTerm(sum, c1);
  let t1 = isWide ? firstTerm(sum, c1 + 16) : s1;
  let s2 = firstTerm(sum, c2);
  let t2 = isWide ? firstTerm(sum, c2 + 16) : s2;
  let s3 = firstTerm(sum, c3);
  let t3 = isWide ? firstTerm(sum, c3 + 16) : s3;
  for (let k = 0; k < depth; k++) {
    const upper = v128.load(b);
    const lower = isWide ? v128.load(b, 16) : upper;
    const a0 = v128.load32_splat(a);
    const a1 = v128.load32_splat(a + down);
    const a2 = v128.load32_splat(a + 2 * down);
    const a3 = v128.load32_splat(a + 3 * down);
    s0 = f32x4.add(s0, f32x4.mul(upper, a0));
    if (isWide) t0 = f32x4.add(t0, f32x4.mul(lower, a0));
    s1 = f32x4.add(s1, f32x4.mul(upper, a1));
    if (isWide) t1 = f32x4.add(t1, f32x4.mul(lower, a1));
    s2 = f32x4.add(s2, f32x4.mul(upper, a2));
    if (isWide) t2 = f32x4.add(t2, f32x4.mul(lower, a2));
    s3 = f32x4.add(s3, f32x4.mul(upper, a3));
    if (isWide) t3 = f32x4.add(t3, f32x4.mul(lower, a3));
    a += right;
    b += bBytes;
  }
  storeTile(isWide, sum, c, s0, t0);
  storeTile(isWide, sum, c1, s1, t1);
  storeTile(isWide, sum, c2, s2, t2);
  storeTile(isWide, sum, c3, s3, t3);
}

@inline
function storeTile(isWide: bool, sum: Sum, at: usize, upper: v128, lower: v128): void {
  const first = lastTerm(sum, at, upper);
  if (isWide) {
    const second = lastTerm(sum, at + 16, lower);
    v128.store(at, first);
    v128.store(at, second, 16);
  } else {
    v128.store(at, first);
  }
}

/** out = Wᵀ in for one sample: four rows of W at a time, from end to end. */
function addRows(weights: usize, rows: i32, bytes: usize, input: usize, output: usize): void {
  memory.fill(output, 0, bytes);
  for (let i = 0; i < rows; i += 4) {
    const a0 = v128.load32_splat(input);
    const a1 = v128.load32_splat(input, 4);
    const a2 = v128.load32_splat(input, 8);
    const a3 = v128.load32_splat(input, 12);
    let row = weights;
    const end = weights + bytes;
    let to = output;
    for (; row < end; row += 16) {
      let sum = v128.load(to);
      sum = f32x4.add(sum, f32x4.mul(v128.load(row), a0));
      sum = f32x4.add(sum, f32x4.mul(v128.load(row + bytes), a1));
      sum = f32x4.add(sum, f32x4.mul(v128.load(row + 2 * bytes), a2));
      sum = f32x4.add(sum, f32x4.mul(v128.load(row + 3 * bytes), a3));
      v128.store(to, sum);
      to += 16;
    }
    weights += 4 * bytes;
    input += 16;
  }
}

/**
 * target += Σ_s (factor left_s) right_sᵀ over `count` pairs of vectors, one sum after the other; target is rows × columns.
 * `scratch` is room for count · (rows + columns) numbers, both rounded up to a multiple of eight.
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
  const rights = scratch + <usize>count * leftBytes;
  packLeft(left, leftBytes, count, <f32>factor, scratch);
  packRight(right, bytes, count, rights);
  const tileBytes = <usize>count << 4;
  const panelBytes = <usize>count << 5;
  if (count < longSums) {
    for (let row: usize = 0; row < leftBytes; row += 16) {
      for (let column: usize = 0, b = rights; column < bytes; column += 32, b += panelBytes) {
        addToTile(scratch + (row >> 4) * tileBytes, b, count, target + column, bytes, column + 32 <= bytes);
      }
      target += 4 * bytes;
    }
    return;
  }
  for (let column: usize = 0, b = rights; column < bytes; column += 32, b += panelBytes) {
    let to = target + column;
    for (let row: usize = 0, a = scratch; row < leftBytes; row += 16, a += tileBytes) {
      addToTile(a, b, count, to, bytes, column + 32 <= bytes);
      to += 4 * bytes;
    }
  }
}

/** target += a b, packed, for four rows and eight columns, or four. */
@inline
function addToTile(a: usize, b: usize, depth: i32, target: usize, bytes: usize, isWide: bool): void {
  if (isWide) productTile(true, Sum.Adds, a, 4, 16, b, 32, depth, target, bytes);
  else productTile(false, Sum.Adds, a, 4, 16, b, 32, depth, target, bytes);
}

/** Four numbers of each vector, times the factor, side by side. */
function packLeft(left: usize, bytes: usize, count: i32, factor: f32, to: usize): void {
  const factors = f32x4.splat(factor);
  for (let s = 0; s < count; s++) {
    let at = to;
    for (const end = left + bytes; left < end; left += 16) {
      v128.store(at, f32x4.mul(factors, v128.load(left)));
      at += <usize>count << 4;
    }
    to += 16;
  }
}

/** Eight numbers of each vector side by side; where a vector ends after four, what follows is not read. */
function packRight(right: usize, bytes: usize, count: i32, to: usize): void {
  for (let s = 0; s < count; s++) {
    let at = to;
    for (let column: usize = 0; column < bytes; column += 32) {
      v128.store(at, v128.load(right + column));
      if (column + 32 <= bytes) v128.store(at, v128.load(right + column, 16), 16);
      at += <usize>count << 5;
    }
    right += bytes;
    to += 32;
  }
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
