// What is done number by number with arrays of `length` float32, a multiple of four: all of it leaves zeros zero, and so the
// padding. The output may be one of the inputs. Two vectors at a time, side by side: an engine may join them.

enum Operation {
  Add,
  Subtract,
  Multiply,
  Minimum,
  Maximum,
  Scale,
  AddScaled,
  Copy,
}

@inline
function combine(operation: Operation, a: v128, b: v128, factor: v128): v128 {
  if (operation == Operation.Add) return f32x4.add(a, b);
  if (operation == Operation.Subtract) return f32x4.sub(a, b);
  if (operation == Operation.Multiply) return f32x4.mul(a, b);
  if (operation == Operation.Minimum) return f32x4.min(a, b);
  if (operation == Operation.Maximum) return f32x4.max(a, b);
  if (operation == Operation.Scale) return f32x4.mul(factor, a);
  if (operation == Operation.AddScaled) return f32x4.add(a, f32x4.mul(factor, b));
  return a;
}

/** `operation` is a constant where this is inlined. */
@inline
function each(operation: Operation, a: usize, b: usize, out: usize, length: i32, factor: f64): void {
  const factors = f32x4.splat(<f32>factor);
  const bytes = <usize>length << 2;
  for (const end = a + (bytes & ~31); a < end; a += 32) {
    const low = combine(operation, v128.load(a), v128.load(b), factors);
    const high = combine(operation, v128.load(a, 16), v128.load(b, 16), factors);
    v128.store(out, low);
    v128.store(out, high, 16);
    b += 32;
    out += 32;
  }
  if (bytes & 16) v128.store(out, combine(operation, v128.load(a), v128.load(b), factors));
}

/** out = a + b. */
export function add(a: usize, b: usize, out: usize, length: i32): void {
  each(Operation.Add, a, b, out, length, 0);
}

/** out = a − b. */
export function subtract(a: usize, b: usize, out: usize, length: i32): void {
  each(Operation.Subtract, a, b, out, length, 0);
}

/** out = a ∘ b. */
export function multiplyElements(a: usize, b: usize, out: usize, length: i32): void {
  each(Operation.Multiply, a, b, out, length, 0);
}

/** out = the smaller of a and b. */
export function minimum(a: usize, b: usize, out: usize, length: i32): void {
  each(Operation.Minimum, a, b, out, length, 0);
}

/** out = the larger of a and b. */
export function maximum(a: usize, b: usize, out: usize, length: i32): void {
  each(Operation.Maximum, a, b, out, length, 0);
}

/** out = factor a. */
export function scale(factor: f64, a: usize, out: usize, length: i32): void {
  each(Operation.Scale, a, a, out, length, factor);
}

/** out = a + factor b. */
export function addScaled(a: usize, factor: f64, b: usize, out: usize, length: i32): void {
  each(Operation.AddScaled, a, b, out, length, factor);
}

/** out = a. */
export function copy(a: usize, out: usize, length: i32): void {
  each(Operation.Copy, a, a, out, length, 0);
}

/** a = 0. */
export function clear(a: usize, length: i32): void {
  memory.fill(a, 0, <usize>length << 2);
}

/** 1 if every number is zero, 0 if one is not. */
export function allZero(a: usize, length: i32): i32 {
  for (const end = a + (<usize>length << 2); a < end; a += 16) {
    if (v128.any_true(f32x4.ne(v128.load(a), f32x4.splat(0)))) return 0;
  }
  return 1;
}

/** 1 if every number is finite, 0 if one is infinite or none at all. */
export function allFinite(a: usize, length: i32): i32 {
  const size = i32x4.splat(0x7fffffff);
  let largest = i32x4.splat(0);
  for (const end = a + (<usize>length << 2); a < end; a += 16) {
    largest = i32x4.max_s(largest, v128.and(v128.load(a), size));
  }
  return i32(!v128.any_true(i32x4.ge_s(largest, i32x4.splat(0x7f800000))));
}

/** The diagonal of a matrix of so many rows and columns, its rows padded to fours, is 0. */
export function clearDiagonal(matrix: usize, rows: i32, columns: i32): void {
  const next = (<usize>((columns + 3) & ~3) + 1) << 2;
  for (let i = 0; i < rows; i++) {
    store<f32>(matrix, 0);
    matrix += next;
  }
}

/** out = Wᵀ: a matrix of so many rows and columns, both padded to fours, as one of as many columns and rows. */
export function transpose(weights: usize, rows: i32, columns: i32, out: usize): void {
  const bytes = <usize>((columns + 3) & ~3) << 2;
  const outBytes = <usize>((rows + 3) & ~3) << 2;
  for (let i: usize = 0; i < outBytes; i += 16) {
    let to = out + i;
    for (let j: usize = 0; j < bytes; j += 16) {
      const a = v128.load(weights + j);
      const b = v128.load(weights + j + bytes);
      const c = v128.load(weights + j + 2 * bytes);
      const d = v128.load(weights + j + 3 * bytes);
      const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
      const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
      v128.store(to, v128.shuffle<f64>(ab, cd, 0, 2));
      v128.store(to + outBytes, v128.shuffle<f64>(ab, cd, 1, 3));
      const ab2 = v128.shuffle<f32>(a, b, 2, 6, 3, 7);
      const cd2 = v128.shuffle<f32>(c, d, 2, 6, 3, 7);
      v128.store(to + 2 * outBytes, v128.shuffle<f64>(ab2, cd2, 0, 2));
      v128.store(to + 3 * outBytes, v128.shuffle<f64>(ab2, cd2, 1, 3));
      to += outBytes << 2;
    }
    weights += bytes << 2;
  }
}
