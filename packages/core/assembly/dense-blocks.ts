import { splat, storeSumsOf4 } from './blocks';
import { lower, upper } from './listed-blocks';

// One pass over V, in place of two, for inputs of bytes that are dense: V takes the change of the sample before while the next
// sample is driven through. The numbers, and the order of all sums, are those of listed-blocks.ts.

/** Columns of a chunk. */
const chunkColumns: i32 = 8;

/** V += changes pᵀ for the bytes p of the sample before, then V x for the bytes x of this one: for a block of four rows. */
export function learnAndDrive(
  values: usize,
  before: usize,
  input: usize,
  columns: i32,
  changes: usize,
  output: usize,
): void {
  const c0 = splat(changes);
  const c1 = splat(changes + 8);
  const c2 = splat(changes + 16);
  const c3 = splat(changes + 24);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (const end = input + columns; input < end; input += chunkColumns) {
    let bytes = v128.load8x8_u(input);
    let x = lower(bytes);
    const nextX = upper(bytes);
    bytes = v128.load8x8_u(before);
    let p = lower(bytes);
    const nextP = upper(bytes);
    let v = f32x4.add(v128.load(values), f32x4.mul(c0, p));
    v128.store(values, v);
    s0 = f32x4.add(s0, f32x4.mul(v, x));
    v = f32x4.add(v128.load(values, 16), f32x4.mul(c1, p));
    v128.store(values, v, 16);
    s1 = f32x4.add(s1, f32x4.mul(v, x));
    v = f32x4.add(v128.load(values, 32), f32x4.mul(c2, p));
    v128.store(values, v, 32);
    s2 = f32x4.add(s2, f32x4.mul(v, x));
    v = f32x4.add(v128.load(values, 48), f32x4.mul(c3, p));
    v128.store(values, v, 48);
    s3 = f32x4.add(s3, f32x4.mul(v, x));
    p = nextP;
    x = nextX;
    values += 64;
    v = f32x4.add(v128.load(values), f32x4.mul(c0, p));
    v128.store(values, v);
    s0 = f32x4.add(s0, f32x4.mul(v, x));
    v = f32x4.add(v128.load(values, 16), f32x4.mul(c1, p));
    v128.store(values, v, 16);
    s1 = f32x4.add(s1, f32x4.mul(v, x));
    v = f32x4.add(v128.load(values, 32), f32x4.mul(c2, p));
    v128.store(values, v, 32);
    s2 = f32x4.add(s2, f32x4.mul(v, x));
    v = f32x4.add(v128.load(values, 48), f32x4.mul(c3, p));
    v128.store(values, v, 48);
    s3 = f32x4.add(s3, f32x4.mul(v, x));
    values += 64;
    before += chunkColumns;
  }
  storeSumsOf4(output, s0, s1, s2, s3);
}
