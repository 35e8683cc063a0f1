import { addProductTo, multiplyMatrix, multiplyRows, sumHalves } from './matrix-products';
import { multiplyAdd } from './multiply-add';
import { allZero } from './pointwise';
import { addScaled, paddedLength } from './vector';

/**
 * W ← W + left rightᵀ, and then out = W in, in one pass over W: the numbers that addOuterProducts and multiplyMatrix come to. Rows that change go two
 * by two; all others are only read, by fours. Matrices and vectors are as in matrix-products.ts. `scratch` is room for 256 bytes, and for a number a row.
 */
export function learnAndMultiply(
  weights: usize,
  rows: i32,
  columns: i32,
  left: usize,
  right: usize,
  input: usize,
  output: usize,
  scratch: usize,
): void {
  const bytes = <usize>paddedLength(columns) << 2;
  if (allZero(right, <i32>(bytes >> 2))) {
    multiplyMatrix(weights, rows, columns, input, 1, output, scratch);
    return;
  }
  const list = scratch + 256;
  const end = list + (<usize>paddedLength(rows) << 2);
  const changing = listChanging(left, list, end);
  let at = list;
  for (; at + 8 <= changing; at += 8) {
    const i = <usize>load<u32>(at);
    const j = <usize>load<u32>(at, 4);
    const a = v128.load32_splat(left + (i << 2));
    const b = v128.load32_splat(left + (j << 2));
    changeTwoRows(weights + i * bytes, weights + j * bytes, a, b, bytes, right, input, scratch);
    const sums = sumHalves(scratch);
    v128.store32_lane(output + (i << 2), sums, 0);
    v128.store32_lane(output + (j << 2), sums, 1);
  }
  if (at < changing) {
    const i = <usize>load<u32>(at);
    addScaled(weights + i * bytes, load<f32>(left + (i << 2)), right, bytes);
  }
  for (; at < end; at += 16) {
    // The last four may have been multiplied already.
    const four = min(at, end - 16);
    const i = <usize>load<u32>(four);
    const j = <usize>load<u32>(four, 4);
    const k = <usize>load<u32>(four, 8);
    const l = <usize>load<u32>(four, 12);
    multiplyRows(weights + i * bytes, weights + j * bytes, weights + k * bytes, weights + l * bytes, bytes, input, scratch);
    const sums = sumHalves(scratch);
    v128.store32_lane(output + (i << 2), sums, 0);
    v128.store32_lane(output + (j << 2), sums, 1);
    v128.store32_lane(output + (k << 2), sums, 2);
    v128.store32_lane(output + (l << 2), sums, 3);
  }
}

/** Lists the rows to which something is added from the front on, and the others from the back on. Returns where the first end. */
function listChanging(left: usize, front: usize, back: usize): usize {
  for (let i = 0; front < back; i++) {
    const changes = load<f32>(left + (<usize>i << 2)) != 0;
    // Written at both ends; what is at the wrong one is written over.
    store<i32>(front, i);
    store<i32>(back - 4, i);
    front += select<usize>(4, 0, changes);
    back -= select<usize>(0, 4, changes);
  }
  return front;
}

/** Two rows as they are changed, and their sums with the input, eight lanes each at `scratch`, as multiplyRows has them. */
@inline
function changeTwoRows(row0: usize, row1: usize, a: v128, b: v128, bytes: usize, right: usize, input: usize, scratch: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let t0 = f32x4.splat(0);
  let t1 = f32x4.splat(0);
  for (const end = input + (bytes & ~31); input < end; input += 32) {
    const r0 = v128.load(right);
    const r1 = v128.load(right, 16);
    const x0 = v128.load(input);
    const x1 = v128.load(input, 16);
    const v0 = multiplyAdd(v128.load(row0), a, r0);
    const v1 = multiplyAdd(v128.load(row0, 16), a, r1);
    const w0 = multiplyAdd(v128.load(row1), b, r0);
    const w1 = multiplyAdd(v128.load(row1, 16), b, r1);
    v128.store(row0, v0);
    v128.store(row0, v1, 16);
    v128.store(row1, w0);
    v128.store(row1, w1, 16);
    s0 = multiplyAdd(s0, v0, x0);
    s1 = multiplyAdd(s1, v1, x1);
    t0 = multiplyAdd(t0, w0, x0);
    t1 = multiplyAdd(t1, w1, x1);
    right += 32;
    row0 += 32;
    row1 += 32;
  }
  v128.store(scratch, s0);
  v128.store(scratch, s1, 16);
  v128.store(scratch, t0, 32);
  v128.store(scratch, t1, 48);
  if (!(bytes & 16)) return;
  const r = v128.load(right);
  const x = v128.load(input);
  const v = multiplyAdd(v128.load(row0), a, r);
  const w = multiplyAdd(v128.load(row1), b, r);
  v128.store(row0, v);
  v128.store(row1, w);
  addProductTo(scratch, v, x);
  addProductTo(scratch + 32, w, x);
}
