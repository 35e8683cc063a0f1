import { addToRow, splat, storeSumsOf4 } from './blocks';
import { lower, upper } from './listed-blocks';

// One pass over V, in place of two, for inputs of bytes that are dense: V takes the change of the sample before while the next
// sample is driven through. The numbers, and the order of all sums, are those of listed-blocks.ts. Blocks have four rows.

/** Columns of one step: two chunks. */
const stepColumns: i32 = 8;

/**
 * V += changes qᵀ, then output = V p, for one block: q is the raw input before and p this one, float32 at `before` and `pixels`.
 * For the first block, p is read as bytes at `input` and kept at `pixels`. `isFirst` is a constant where this is inlined.
 */
@inline
export function learnAndDrive(
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
  for (const end = pixels + (<usize>columns << 2); pixels < end; pixels += stepColumns << 2) {
    let p: v128;
    let nextP: v128;
    if (isFirst) {
      const bytes = v128.load8x8_u(input);
      p = lower(bytes);
      nextP = upper(bytes);
      v128.store(pixels, p);
      v128.store(pixels, nextP, 16);
      input += stepColumns;
    } else {
      p = v128.load(pixels);
      nextP = v128.load(pixels, 16);
    }
    const q = v128.load(before);
    const nextQ = v128.load(before, 16);
    s0 = f32x4.add(s0, f32x4.mul(addToRow(values, c0, q), p));
    s0 = f32x4.add(s0, f32x4.mul(addToRow(values + 64, c0, nextQ), nextP));
    s1 = f32x4.add(s1, f32x4.mul(addToRow(values + 16, c1, q), p));
    s1 = f32x4.add(s1, f32x4.mul(addToRow(values + 80, c1, nextQ), nextP));
    s2 = f32x4.add(s2, f32x4.mul(addToRow(values + 32, c2, q), p));
    s2 = f32x4.add(s2, f32x4.mul(addToRow(values + 96, c2, nextQ), nextP));
    s3 = f32x4.add(s3, f32x4.mul(addToRow(values + 48, c3, q), p));
    s3 = f32x4.add(s3, f32x4.mul(addToRow(values + 112, c3, nextQ), nextP));
    values += 128;
    before += stepColumns << 2;
  }
  storeSumsOf4(output, s0, s1, s2, s3);
}
