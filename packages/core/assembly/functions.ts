import { exponential, logarithm, logarithmOfOnePlus } from './exponential';

// Functions of one number and their slopes, applied to blocks of vectors: `count` vectors of `size` float32 numbers, one every
// `stride` numbers, a multiple of four. Padding gets zeros whatever the function. Output and input may be the same.

/** The codes of src/kernels/functions.ts. */
enum Function {
  Identity = 0,
  Relu = 1,
  Tanh = 2,
  Sigmoid = 3,
  Softplus = 4,
  Exponential = 5,
  Logarithm = 6,
  Reciprocal = 7,
  SquareRoot = 8,
  Square = 9,
  Absolute = 10,
  Sign = 11,
  Step = 12,
}

@inline
function negativeSize(u: v128): v128 {
  return v128.or(u, f32x4.splat(-0.0));
}

/** [u > 0]. */
@inline
function step(u: v128): v128 {
  return v128.and(f32x4.gt(u, f32x4.splat(0)), f32x4.splat(1));
}

/** 1, 0 or −1; no number where u is none. */
@inline
function sign(u: v128): v128 {
  const value = f32x4.sub(step(u), step(f32x4.neg(u)));
  return v128.bitselect(value, u, f32x4.eq(u, u));
}

/** u + u³ P(u²) where |u| < 0.625 (Cephes, tanhf.c), else (1 − e) / (1 + e) with e = exp(−2 |u|), and the sign of u. */
@inline
function tanh(u: v128): v128 {
  const s = f32x4.mul(u, u);
  let p = f32x4.splat(-5.70498872745e-3);
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(2.06390887954e-2));
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(-5.37397155531e-2));
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(1.33314422036e-1));
  p = f32x4.add(f32x4.mul(p, s), f32x4.splat(-3.33332819422e-1));
  const small = f32x4.add(u, f32x4.mul(u, f32x4.mul(p, s)));
  const one = f32x4.splat(1);
  const e = exponential(f32x4.mul(f32x4.splat(2), negativeSize(u)));
  const large = f32x4.div(f32x4.sub(one, e), f32x4.add(one, e));
  const isLarge = f32x4.ge(f32x4.abs(u), f32x4.splat(0.625));
  return v128.bitselect(v128.or(large, v128.and(u, f32x4.splat(-0.0))), small, isLarge);
}

/** 1 / (1 + e) with e = exp(−|u|), or e / (1 + e) where u < 0. */
@inline
function sigmoid(u: v128): v128 {
  const one = f32x4.splat(1);
  const e = exponential(negativeSize(u));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(u, f32x4.splat(0))), f32x4.add(one, e));
}

/** e / (1 + e)² with e = exp(−|u|), the slope of the sigmoid at u. */
@inline
function sigmoidSlope(u: v128): v128 {
  const one = f32x4.splat(1);
  const e = exponential(negativeSize(u));
  const sum = f32x4.add(one, e);
  return f32x4.div(e, f32x4.mul(sum, sum));
}

/** max(u, 0) + ln(1 + exp(−|u|)). */
@inline
function softplus(u: v128): v128 {
  return f32x4.add(f32x4.max(u, f32x4.splat(0)), logarithmOfOnePlus(exponential(negativeSize(u))));
}

/** f(u); `code` is a constant where this is inlined. */
@inline
function valueOf(code: Function, u: v128): v128 {
  if (code == Function.Relu) return f32x4.max(u, f32x4.splat(0));
  if (code == Function.Tanh) return tanh(u);
  if (code == Function.Sigmoid) return sigmoid(u);
  if (code == Function.Softplus) return softplus(u);
  if (code == Function.Exponential) return exponential(u);
  if (code == Function.Logarithm) return logarithm(u);
  if (code == Function.Reciprocal) return f32x4.div(f32x4.splat(1), u);
  if (code == Function.SquareRoot) return f32x4.sqrt(u);
  if (code == Function.Square) return f32x4.mul(u, u);
  if (code == Function.Absolute) return f32x4.abs(u);
  if (code == Function.Sign) return sign(u);
  if (code == Function.Step) return step(u);
  return u;
}

/** f′(u); 0 where f jumps, has a corner or is flat. `code` is a constant where this is inlined. */
@inline
function slopeOf(code: Function, u: v128): v128 {
  const one = f32x4.splat(1);
  if (code == Function.Relu) return step(u);
  if (code == Function.Tanh) return f32x4.mul(f32x4.splat(4), sigmoidSlope(f32x4.add(u, u)));
  if (code == Function.Sigmoid) return sigmoidSlope(u);
  if (code == Function.Softplus) return sigmoid(u);
  if (code == Function.Exponential) return exponential(u);
  if (code == Function.Logarithm) return f32x4.div(one, u);
  if (code == Function.Reciprocal) return f32x4.div(f32x4.splat(-1), f32x4.mul(u, u));
  if (code == Function.SquareRoot) return f32x4.div(f32x4.splat(0.5), f32x4.sqrt(u));
  if (code == Function.Square) return f32x4.add(u, u);
  if (code == Function.Absolute) return sign(u);
  if (code == Function.Sign || code == Function.Step) return f32x4.splat(0);
  return one;
}

/** Ones in the lanes of the last four numbers that are no padding. */
@inline
export function lastLanes(size: i32): v128 {
  return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(((size - 1) & 3) + 1));
}

/** f, or f′ if `isSlope`, of all vectors; `code` and `isSlope` are constants where this is inlined. */
@inline
function each(code: Function, isSlope: bool, input: usize, output: usize, count: i32, size: i32, stride: i32): void {
  const mask = lastLanes(size);
  const bytes = <usize>stride << 2;
  for (let s = 0; s < count; s++) {
    for (let at: usize = 0; at < bytes; at += 16) {
      const u = v128.load(input + at);
      let value = isSlope ? slopeOf(code, u) : valueOf(code, u);
      if (at + 16 == bytes) value = v128.and(value, mask);
      v128.store(output + at, value);
    }
    input += bytes;
    output += bytes;
  }
}

@inline
function choose(code: Function, isSlope: bool, input: usize, output: usize, count: i32, size: i32, stride: i32): void {
  switch (code) {
    case Function.Relu:
      return each(Function.Relu, isSlope, input, output, count, size, stride);
    case Function.Tanh:
      return each(Function.Tanh, isSlope, input, output, count, size, stride);
    case Function.Sigmoid:
      return each(Function.Sigmoid, isSlope, input, output, count, size, stride);
    case Function.Softplus:
      return each(Function.Softplus, isSlope, input, output, count, size, stride);
    case Function.Exponential:
      return each(Function.Exponential, isSlope, input, output, count, size, stride);
    case Function.Logarithm:
      return each(Function.Logarithm, isSlope, input, output, count, size, stride);
    case Function.Reciprocal:
      return each(Function.Reciprocal, isSlope, input, output, count, size, stride);
    case Function.SquareRoot:
      return each(Function.SquareRoot, isSlope, input, output, count, size, stride);
    case Function.Square:
      return each(Function.Square, isSlope, input, output, count, size, stride);
    case Function.Absolute:
      return each(Function.Absolute, isSlope, input, output, count, size, stride);
    case Function.Sign:
      return each(Function.Sign, isSlope, input, output, count, size, stride);
    case Function.Step:
      return each(Function.Step, isSlope, input, output, count, size, stride);
    default:
      return each(Function.Identity, isSlope, input, output, count, size, stride);
  }
}

/** out = f(u). */
export function applyFunction(code: i32, input: usize, output: usize, count: i32, size: i32, stride: i32): void {
  choose(code, false, input, output, count, size, stride);
}

/** out = f′(u), from u. */
export function applySlope(code: i32, input: usize, output: usize, count: i32, size: i32, stride: i32): void {
  choose(code, true, input, output, count, size, stride);
}
