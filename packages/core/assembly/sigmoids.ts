import { exponential, logarithmOfOnePlus } from './exponential';

// Functions with e⁻ᵘ in them, of four float32 numbers at once. Only exponentials of numbers below zero are taken: none is infinite,
// and no digits are lost where |u| is large.

/** −|u|. */
@inline
function negativeSize(u: v128): v128 {
  return v128.or(u, f32x4.splat(-0.0));
}

/** u + u³ P(u²) where |u| < 0.625 (Cephes, tanhf.c), else (1 − e) / (1 + e) with e = exp(−2 |u|), and the sign of u. */
@inline
export function tanh(u: v128): v128 {
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
export function sigmoid(u: v128): v128 {
  const one = f32x4.splat(1);
  const e = exponential(negativeSize(u));
  return f32x4.div(v128.bitselect(e, one, f32x4.lt(u, f32x4.splat(0))), f32x4.add(one, e));
}

/** e / (1 + e)² with e = exp(−|u|), the slope of the sigmoid at u. */
@inline
export function sigmoidSlope(u: v128): v128 {
  const one = f32x4.splat(1);
  const e = exponential(negativeSize(u));
  const sum = f32x4.add(one, e);
  return f32x4.div(e, f32x4.mul(sum, sum));
}

/** max(u, 0) + ln(1 + exp(−|u|)). */
@inline
export function softplus(u: v128): v128 {
  return f32x4.add(f32x4.max(u, f32x4.splat(0)), logarithmOfOnePlus(exponential(negativeSize(u))));
}
