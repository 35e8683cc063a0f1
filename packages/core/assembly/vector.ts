// Small float32 vectors, all padded with zeros to a multiple of four numbers. Sums are always taken in the same order:
// four running sums, one a lane, then ((0 + 1) + (2 + 3)).

@inline
export function sumLanes(v: v128): f32 {
  return (
    f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3))
  );
}

@inline
export function paddedLength(length: i32): i32 {
  return (length + 3) & ~3;
}

/** Copies `length` floats, a multiple of four. */
@inline
export function copy(from: usize, to: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(to, v128.load(from));
    from += 16;
    to += 16;
  }
}

/** out = a − b over `length` floats, a multiple of four. */
export function subtract(a: usize, b: usize, out: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(out, f32x4.sub(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    out += 16;
  }
}

/** out = a ⊙ b over `length` floats, a multiple of four. */
export function multiply(a: usize, b: usize, out: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    out += 16;
  }
}

/** out = −a over `length` floats, a multiple of four. */
export function negate(a: usize, out: usize, length: i32): void {
  for (let i = 0; i < length; i += 4) {
    v128.store(out, f32x4.neg(v128.load(a)));
    a += 16;
    out += 16;
  }
}

/** v += factor · w over `length` floats, a multiple of four. Responses to noise directions have many factors that are 0. */
@inline
export function addScaled(v: usize, factor: f32, w: usize, length: i32): void {
  if (factor == 0) return;
  const factors = f32x4.splat(factor);
  for (let i = 0; i < length; i += 4) {
    v128.store(v, f32x4.add(v128.load(v), f32x4.mul(factors, v128.load(w))));
    v += 16;
    w += 16;
  }
}
