import { joinsVectors } from './joined-vectors';
import { multiplyAdd } from './multiply-add';
import { allZero } from './pointwise';
import { multiplyColumn } from './single-columns';
import { paddedLength, sumLanesOf4 } from './vector';

// The product of a matrix with the vectors of a block of samples. Matrices are row-major float32; rows are padded with zeros to a
// multiple of four numbers, and the matrix with zero rows to a multiple of four. Vectors follow each other and are padded alike. Only
// the `count` vectors of a block are read and written, and what a sample gets does not depend on how many others there are, nor on
// which. So it is for the other products, in transposed-products.ts and outer-products.ts.
//
// Sums stay in registers, in tiles whose halves lie side by side: an engine that joins two instructions of 128 bits to one of 256
// then finds them, looking from stores backwards.

/** Rows of a matrix that are read again for each pair of samples: about so many bytes, which the first cache holds. */
const groupBytes: usize = 16384;

/**
 * out_s = W in_s for each of `count` vectors s. The columns of each class modulo eight are summed one after the other, then the
 * eight sums. `scratch` is room for 256 bytes, and for a number a row.
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
  // In time, hardly any cell spikes in a step.
  if (count == 1 && allZero(inputs, <i32>(bytes >> 2))) {
    memory.fill(outputs, 0, outputBytes);
    return;
  }
  if (columns == 1) {
    multiplyColumn(weights, inputs, count, outputs, outputBytes, scratch);
    return;
  }
  const pairs = count & ~1;
  const groupRows = pairs ? max(4, <i32>(groupBytes / bytes) & ~3) : rowCount;
  for (let first = 0; first < rowCount; first += groupRows) {
    const end = min(first + groupRows, rowCount);
    let input = inputs;
    let output = outputs;
    for (let sample = 0; sample < pairs; sample += 2) {
      let row = weights + <usize>first * bytes;
      let i = first;
      if (joinsVectors) {
        for (; i < end; i += 4) {
          multiplyWideTile(row, bytes, input, scratch);
          const to = output + (<usize>i << 2);
          v128.store(to, sumHalves(scratch));
          v128.store(to + outputBytes, sumHalves(scratch + 128));
          row += 4 * bytes;
        }
      }
      for (; i < end; i += 2) {
        multiplyTile(row, bytes, input, scratch);
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
      multiplyRows(row, row + bytes, row + 2 * bytes, row + 3 * bytes, bytes, input, scratch);
      v128.store(output + (<usize>i << 2), sumHalves(scratch));
      row += 4 * bytes;
    }
  }
}

/**
 * The sums of two rows with two samples, in the order (row 0, sample 0), (1, 0), (0, 1), (1, 1): eight lanes each at `scratch`.
 */
@inline
function multiplyTile(row: usize, bytes: usize, input: usize, scratch: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  let other = row + bytes;
  let next = input + bytes;
  const end = input + (bytes & ~31);
  while (input < end) {
    const w0 = v128.load(row);
    const w1 = v128.load(row, 16);
    const v0 = v128.load(other);
    const v1 = v128.load(other, 16);
    const x0 = v128.load(input);
    const x1 = v128.load(input, 16);
    const y0 = v128.load(next);
    const y1 = v128.load(next, 16);
    a0 = multiplyAdd(a0, w0, x0);
    a1 = multiplyAdd(a1, w1, x1);
    b0 = multiplyAdd(b0, v0, x0);
    b1 = multiplyAdd(b1, v1, x1);
    c0 = multiplyAdd(c0, w0, y0);
    c1 = multiplyAdd(c1, w1, y1);
    d0 = multiplyAdd(d0, v0, y0);
    d1 = multiplyAdd(d1, v1, y1);
    row += 32;
    other += 32;
    input += 32;
    next += 32;
  }
  storeHalves(scratch, a0, a1, b0, b1, c0, c1, d0, d1);
  if (!(bytes & 16)) return;
  const w = v128.load(row);
  const v = v128.load(other);
  const x = v128.load(input);
  const y = v128.load(next);
  addProductTo(scratch, w, x);
  addProductTo(scratch + 32, v, x);
  addProductTo(scratch + 64, w, y);
  addProductTo(scratch + 96, v, y);
}

/** The sums of four rows with two samples, eight lanes each at `scratch`, those of the first sample first: for engines that join vectors. */
@inline
function multiplyWideTile(row: usize, bytes: usize, input: usize, scratch: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  let e0 = f32x4.splat(0);
  let e1 = f32x4.splat(0);
  let f0 = f32x4.splat(0);
  let f1 = f32x4.splat(0);
  let g0 = f32x4.splat(0);
  let g1 = f32x4.splat(0);
  let h0 = f32x4.splat(0);
  let h1 = f32x4.splat(0);
  let row1 = row + bytes;
  let row2 = row1 + bytes;
  let row3 = row2 + bytes;
  let next = input + bytes;
  const end = input + (bytes & ~31);
  while (input < end) {
    const x0 = v128.load(input);
    const x1 = v128.load(input, 16);
    const y0 = v128.load(next);
    const y1 = v128.load(next, 16);
    let w0 = v128.load(row);
    let w1 = v128.load(row, 16);
    a0 = multiplyAdd(a0, w0, x0);
    a1 = multiplyAdd(a1, w1, x1);
    e0 = multiplyAdd(e0, w0, y0);
    e1 = multiplyAdd(e1, w1, y1);
    w0 = v128.load(row1);
    w1 = v128.load(row1, 16);
    b0 = multiplyAdd(b0, w0, x0);
    b1 = multiplyAdd(b1, w1, x1);
    f0 = multiplyAdd(f0, w0, y0);
    f1 = multiplyAdd(f1, w1, y1);
    w0 = v128.load(row2);
    w1 = v128.load(row2, 16);
    c0 = multiplyAdd(c0, w0, x0);
    c1 = multiplyAdd(c1, w1, x1);
    g0 = multiplyAdd(g0, w0, y0);
    g1 = multiplyAdd(g1, w1, y1);
    w0 = v128.load(row3);
    w1 = v128.load(row3, 16);
    d0 = multiplyAdd(d0, w0, x0);
    d1 = multiplyAdd(d1, w1, x1);
    h0 = multiplyAdd(h0, w0, y0);
    h1 = multiplyAdd(h1, w1, y1);
    row += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
    input += 32;
    next += 32;
  }
  storeHalves(scratch, a0, a1, b0, b1, c0, c1, d0, d1);
  storeHalves(scratch + 128, e0, e1, f0, f1, g0, g1, h0, h1);
  if (!(bytes & 16)) return;
  addRest(row, row1, row2, row3, input, scratch);
  addRest(row, row1, row2, row3, next, scratch + 128);
}

/** The sums of four rows with one sample, eight lanes each at `scratch`: the same numbers as a tile has. */
@inline
export function multiplyRows(row: usize, row1: usize, row2: usize, row3: usize, bytes: usize, input: usize, scratch: usize): void {
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let d0 = f32x4.splat(0);
  let d1 = f32x4.splat(0);
  const end = input + (bytes & ~31);
  while (input < end) {
    const x0 = v128.load(input);
    const x1 = v128.load(input, 16);
    a0 = multiplyAdd(a0, v128.load(row), x0);
    a1 = multiplyAdd(a1, v128.load(row, 16), x1);
    b0 = multiplyAdd(b0, v128.load(row1), x0);
    b1 = multiplyAdd(b1, v128.load(row1, 16), x1);
    c0 = multiplyAdd(c0, v128.load(row2), x0);
    c1 = multiplyAdd(c1, v128.load(row2, 16), x1);
    d0 = multiplyAdd(d0, v128.load(row3), x0);
    d1 = multiplyAdd(d1, v128.load(row3, 16), x1);
    row += 32;
    row1 += 32;
    row2 += 32;
    row3 += 32;
    input += 32;
  }
  storeHalves(scratch, a0, a1, b0, b1, c0, c1, d0, d1);
  if (bytes & 16) addRest(row, row1, row2, row3, input, scratch);
}

/** The last four columns of four rows, added to their sums with a sample. */
@inline
function addRest(row: usize, row1: usize, row2: usize, row3: usize, input: usize, scratch: usize): void {
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
export function addProductTo(at: usize, a: v128, b: v128): void {
  v128.store(at, multiplyAdd(v128.load(at), a, b));
}

/** The sums of four times eight lanes. */
@inline
export function sumHalves(at: usize): v128 {
  return sumLanesOf4(
    f32x4.add(v128.load(at), v128.load(at, 16)),
    f32x4.add(v128.load(at, 32), v128.load(at, 48)),
    f32x4.add(v128.load(at, 64), v128.load(at, 80)),
    f32x4.add(v128.load(at, 96), v128.load(at, 112)),
  );
}
