// What the products of packed matrices are made of.

/**
 * C = A B, or C += A B, for four rows of C and eight columns, or four: A is packed in fours of rows, B in eights of columns; `depth`,
 * their common length, is even. `isWide` and `isAdded` are constants where this is inlined.
 */
@inline
export function productTile(isWide: bool, isAdded: bool, a: usize, b: usize, depth: i32, c: usize, cBytes: usize): void {
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
