import { addToRow, splat, storeSumsOf4 } from './blocks';
import { lower, upper } from './listed-blocks';

// One pass over V, in place of two, for inputs of bytes that are dense: V takes the change of the sample before while the next
// sample is driven through. The numbers, and the order of all sums, are those of listed-blocks.ts. Blocks have four rows.

/** Columns of a chunk. */
const chunkColumns: i32 = 8;

/** V += changes pᵀ, then V x: p and x are float32 at `before` and at `pixels`; where `isFirst`, x is read as bytes and put there. */
@inline
function pass(
  values: usize,
  before: usize,
  input: usize,
  pixels: usize,
  columns: i32,
  changes: usize,
  output: usize,
  isFirst: bool,
): void {
  const c0 = splat(changes);
  const c1 = splat(changes + 8);
  const c2 = splat(changes + 16);
  const c3 = splat(changes + 24);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  // Row by row: otherwise the compiler puts the two additions to a sum together, and has too few registers for what lies between.
  for (const end = pixels + (<usize>columns << 2); pixels < end; pixels += chunkColumns << 2) {
    let x: v128;
    let nextX: v128;
    if (isFirst) {
      const bytes = v128.load8x8_u(input);
      x = lower(bytes);
      nextX = upper(bytes);
      v128.store(pixels, x);
      v128.store(pixels, nextX, 16);
      input += chunkColumns;
    } else {
      x = v128.load(pixels);
      nextX = v128.load(pixels, 16);
    }
    const p = v128.load(before);
    const nextP = v128.load(before, 16);
    s0 = f32x4.add(s0, f32x4.mul(addToRow(values, c0, p), x));
    s0 = f32x4.add(s0, f32x4.mul(addToRow(values + 64, c0, nextP), nextX));
    s1 = f32x4.add(s1, f32x4.mul(addToRow(values + 16, c1, p), x));
    s1 = f32x4.add(s1, f32x4.mul(addToRow(values + 80, c1, nextP), nextX));
    s2 = f32x4.add(s2, f32x4.mul(addToRow(values + 32, c2, p), x));
    s2 = f32x4.add(s2, f32x4.mul(addToRow(values + 96, c2, nextP), nextX));
    s3 = f32x4.add(s3, f32x4.mul(addToRow(values + 48, c3, p), x));
    s3 = f32x4.add(s3, f32x4.mul(addToRow(values + 112, c3, nextP), nextX));
    values += 128;
    before += chunkColumns << 2;
  }
  storeSumsOf4(output, s0, s1, s2, s3);
}

/** V += changes pᵀ, p being the input before, then V x for the bytes x of this one, which are kept at `pixels`: for the first block. */
export function passFirst(
  values: usize,
  before: usize,
  input: usize,
  pixels: usize,
  columns: i32,
  changes: usize,
  output: usize,
): void {
  pass(values, before, input, pixels, columns, changes, output, true);
}

/** The same for another block, with what was kept for the first one. */
export function passNext(
  values: usize,
  before: usize,
  pixels: usize,
  columns: i32,
  changes: usize,
  output: usize,
): void {
  pass(values, before, 0, pixels, columns, changes, output, false);
}
