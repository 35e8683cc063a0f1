import { joinsVectors } from './joined-vectors';
import { listScaled, sumListedRows } from './listed-rows';
import { multiplyAdd } from './multiply-add';
import { productTile, wideProductTile } from './packed-tiles';
import { Sum } from './sums';
import { paddedLength } from './vector';

// The product of a transposed matrix with the vectors of a block of samples; matrices and blocks are as in matrix-products.ts.

/** From so many samples on, putting columns of a matrix side by side is worth its time. */
const packedSamples: i32 = 8;

/**
 * out_s = Wᵀ in_s for each of `count` vectors s: rows of W are summed one after the other. `scratch` is room for count + 16 numbers a
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
    if (joinsVectors) {
      for (; column + 64 <= bytes; column += 64) {
        multiplyPanel(4, weights + column, bytes, inputBytes, scratch, packed, outputs + column, panel);
      }
    }
    for (; column + 32 <= bytes; column += 32) {
      multiplyPanel(2, weights + column, bytes, inputBytes, scratch, packed, outputs + column, panel);
    }
    if (column < bytes) {
      multiplyPanel(1, weights + column, bytes, inputBytes, scratch, packed, outputs + column, panel);
    }
  }
  for (let sample = packed; sample < count; sample++) {
    addRows(weights, bytes, inputs + <usize>sample * inputBytes, inputBytes, outputs + <usize>sample * bytes, scratch);
  }
}

/**
 * The same for four, eight or sixteen columns of W, in so many fours, and inputs of four samples side by side. `fours` is a constant where this is
 * inlined.
 */
@inline
function multiplyPanel(
  fours: i32,
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
    v128.store(to, v128.load(columns));
    if (fours > 1) v128.store(to, v128.load(columns, 16), 16);
    if (fours > 2) {
      v128.store(to, v128.load(columns, 32), 32);
      v128.store(to, v128.load(columns, 48), 48);
    }
    columns += bytes;
    to += fours > 2 ? 64 : 32;
  }
  for (let sample = 0; sample < count; sample += 4) {
    if (fours > 2) wideProductTile(Sum.Begins, inputs, panel, depth, output, bytes);
    else productTile(fours > 1, Sum.Begins, inputs, panel, depth, output, bytes);
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

/** Rows of so many bytes are read in parts that stay in registers; longer ones from end to end, and only those of inputs that are not zero. */
const narrowBytes: usize = 256;

/** out = Wᵀ in for one sample. Rows of W are summed one after the other. `list` is room for two numbers more than two a row. */
function addRows(weights: usize, bytes: usize, input: usize, inputBytes: usize, output: usize, list: usize): void {
  if (bytes > narrowBytes) {
    sumListedRows(list, listScaled(input, inputBytes, 1, list), weights, bytes, output);
    return;
  }
  let column: usize = 0;
  for (; column + 64 <= bytes; column += 64) addParts(4, weights + column, bytes, input, inputBytes, output + column);
  if (bytes - column == 16) addParts(1, weights + column, bytes, input, inputBytes, output + column);
  if (bytes - column == 32) addParts(2, weights + column, bytes, input, inputBytes, output + column);
  if (bytes - column == 48) addParts(3, weights + column, bytes, input, inputBytes, output + column);
}

/** The same for so many fours of columns, a constant where this is inlined. */
@inline
function addParts(fours: i32, weights: usize, bytes: usize, input: usize, inputBytes: usize, output: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  for (const end = input + inputBytes; input < end; input += 4) {
    const a = v128.load32_splat(input);
    s0 = multiplyAdd(s0, v128.load(weights), a);
    if (fours > 1) s1 = multiplyAdd(s1, v128.load(weights, 16), a);
    if (fours > 2) s2 = multiplyAdd(s2, v128.load(weights, 32), a);
    if (fours > 3) s3 = multiplyAdd(s3, v128.load(weights, 48), a);
    weights += bytes;
  }
  v128.store(output, s0);
  if (fours > 1) v128.store(output, s1, 16);
  if (fours > 2) v128.store(output, s2, 32);
  if (fours > 3) v128.store(output, s3, 48);
}
