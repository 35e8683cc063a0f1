import { storeSumsOf4 } from './blocks';
import { lower, upper } from './listed-blocks';
import { multiplyAdd } from './multiply-add';

// One pass over V, in place of two, for inputs that are dense: V takes the change of the sample before while the next sample is driven
// through. The numbers, and the order of all sums, are those of listed-blocks.ts, where blocks have four rows, and of blocks.ts.
//
// Rows are taken in pairs that lie side by side, in V, among the changes and among the sums: an engine that joins two
// instructions of 128 bits to one of 256 then finds them.

/** Columns of one step: two chunks. */
const stepColumns: i32 = 8;

/**
 * V += change qᵀ, then output = V p, for one block of four rows: q is the raw input before and p this one, float32 at `before` and `pixels`.
 * For the first block, p is read as bytes at `input` and kept at `pixels`. `change` has a vector for each row, with the row's change
 * in all four lanes; `sums` is room for as much. `isFirst` is a constant where this is inlined.
 */
@inline
export function learnAndDrive(
  values: usize,
  before: usize,
  input: usize,
  pixels: usize,
  columns: i32,
  change: usize,
  sums: usize,
  output: usize,
  isFirst: bool,
): void {
  const c0 = v128.load(change);
  const c1 = v128.load(change, 16);
  const c2 = v128.load(change, 32);
  const c3 = v128.load(change, 48);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = pixels + (<usize>columns << 2);
  const last = end - 16;
  for (; pixels < end; pixels += stepColumns << 2) {
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
    const v0 = multiplyAdd(v128.load(values, 0), c0, q);
    const v1 = multiplyAdd(v128.load(values, 16), c1, q);
    v128.store(values, v0, 0);
    v128.store(values, v1, 16);
    s0 = multiplyAdd(s0, v0, p);
    s1 = multiplyAdd(s1, v1, p);
    const v2 = multiplyAdd(v128.load(values, 32), c2, q);
    const v3 = multiplyAdd(v128.load(values, 48), c3, q);
    v128.store(values, v2, 32);
    v128.store(values, v3, 48);
    s2 = multiplyAdd(s2, v2, p);
    s3 = multiplyAdd(s3, v3, p);
    // Never true: columns are a multiple of sixteen. But nothing moves across a branch; else Binaryen puts the two additions to a sum
    // together, and V8 has too few registers for what lies between.
    if (pixels == last) break;
    const nextQ = v128.load(before, 16);
    const next0 = multiplyAdd(v128.load(values, 64), c0, nextQ);
    const next1 = multiplyAdd(v128.load(values, 80), c1, nextQ);
    v128.store(values, next0, 64);
    v128.store(values, next1, 80);
    s0 = multiplyAdd(s0, next0, nextP);
    s1 = multiplyAdd(s1, next1, nextP);
    const next2 = multiplyAdd(v128.load(values, 96), c2, nextQ);
    const next3 = multiplyAdd(v128.load(values, 112), c3, nextQ);
    v128.store(values, next2, 96);
    v128.store(values, next3, 112);
    s2 = multiplyAdd(s2, next2, nextP);
    s3 = multiplyAdd(s3, next3, nextP);
    values += 128;
    before += stepColumns << 2;
  }
  // Through memory: V8 looks for pairs from stores backwards.
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  storeSumsOf4(output, v128.load(sums), v128.load(sums, 16), v128.load(sums, 32), v128.load(sums, 48));
}

/**
 * The same for one block of four or eight rows, a constant where this is inlined, and inputs of so many whole chunks that are float32
 * already. Changes are read where they are needed: registers are for the sums of eight rows.
 */
@inline
export function learnAndDriveWhole(
  rows: i32,
  values: usize,
  before: usize,
  pixels: usize,
  chunks: i32,
  change: usize,
  sums: usize,
  output: usize,
): void {
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  for (const end = pixels + (<usize>chunks << 4); pixels < end; pixels += 16) {
    const q = v128.load(before);
    const p = v128.load(pixels);
    const v0 = multiplyAdd(v128.load(values, 0), v128.load(change, 0), q);
    const v1 = multiplyAdd(v128.load(values, 16), v128.load(change, 16), q);
    v128.store(values, v0, 0);
    v128.store(values, v1, 16);
    s0 = multiplyAdd(s0, v0, p);
    s1 = multiplyAdd(s1, v1, p);
    const v2 = multiplyAdd(v128.load(values, 32), v128.load(change, 32), q);
    const v3 = multiplyAdd(v128.load(values, 48), v128.load(change, 48), q);
    v128.store(values, v2, 32);
    v128.store(values, v3, 48);
    s2 = multiplyAdd(s2, v2, p);
    s3 = multiplyAdd(s3, v3, p);
    if (rows > 4) {
      const v4 = multiplyAdd(v128.load(values, 64), v128.load(change, 64), q);
      const v5 = multiplyAdd(v128.load(values, 80), v128.load(change, 80), q);
      v128.store(values, v4, 64);
      v128.store(values, v5, 80);
      s4 = multiplyAdd(s4, v4, p);
      s5 = multiplyAdd(s5, v5, p);
      const v6 = multiplyAdd(v128.load(values, 96), v128.load(change, 96), q);
      const v7 = multiplyAdd(v128.load(values, 112), v128.load(change, 112), q);
      v128.store(values, v6, 96);
      v128.store(values, v7, 112);
      s6 = multiplyAdd(s6, v6, p);
      s7 = multiplyAdd(s7, v7, p);
    }
    values += <usize>rows << 4;
    before += 16;
  }
  v128.store(sums, s0);
  v128.store(sums, s1, 16);
  v128.store(sums, s2, 32);
  v128.store(sums, s3, 48);
  storeSumsOf4(output, v128.load(sums), v128.load(sums, 16), v128.load(sums, 32), v128.load(sums, 48));
  if (rows <= 4) return;
  v128.store(sums, s4);
  v128.store(sums, s5, 16);
  v128.store(sums, s6, 32);
  v128.store(sums, s7, 48);
  storeSumsOf4(output + 32, v128.load(sums), v128.load(sums, 16), v128.load(sums, 32), v128.load(sums, 48));
}
