// eᵘ and ln u of four float32 numbers at once, to about one unit in the last place. Reductions and polynomials are those of Cephes
// (S. Moshier, expf.c and logf.c). Plain additions and products: the same bits on every engine.

/** eᵘ; numbers below the smallest normal one lose digits as float32 does. */
@inline
export function exponential(u: v128): v128 {
  // Beyond these, eᵘ is 0 or infinite. What is no number stays so.
  const x = f32x4.pmax(f32x4.pmin(u, f32x4.splat(89)), f32x4.splat(-104));
  // n, the whole number next to x / ln 2, stands in the last bits of its sum with a number whose last place counts ones.
  const shifter = f32x4.splat(12582912);
  const shifted = f32x4.add(f32x4.mul(x, f32x4.splat(1.44269504088896341)), shifter);
  const n = f32x4.sub(shifted, shifter);
  let r = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let p = f32x4.splat(1.9875691500e-4);
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.3981999507e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(8.3334519073e-3));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(4.1665795894e-2));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(1.6666665459e-1));
  p = f32x4.add(f32x4.mul(p, r), f32x4.splat(5.0000001201e-1));
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), f32x4.splat(1));
  // 2ⁿ in two factors, as n may be beyond float32's exponents.
  const whole = i32x4.sub(shifted, shifter);
  const half = i32x4.shr_s(whole, 1);
  return f32x4.mul(f32x4.mul(p, powerOfTwo(half)), powerOfTwo(i32x4.sub(whole, half)));
}

/** 2ⁿ for whole n from −126 to 127. */
@inline
function powerOfTwo(n: v128): v128 {
  return i32x4.shl(i32x4.add(n, i32x4.splat(127)), 23);
}

/** ln(1 + x) for √½ − 1 ≤ x ≤ √2 − 1, plus n ln 2 for whole n. */
@inline
function logarithmNear(x: v128, n: v128): v128 {
  const square = f32x4.mul(x, x);
  let p = f32x4.splat(7.0376836292e-2);
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-1.1514610310e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.1676998740e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-1.2420140846e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(1.4249322787e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-1.6668057665e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(2.0000714765e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(-2.4999993993e-1));
  p = f32x4.add(f32x4.mul(p, x), f32x4.splat(3.3333331174e-1));
  let rest = f32x4.mul(f32x4.mul(p, x), square);
  rest = f32x4.add(rest, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  rest = f32x4.sub(rest, f32x4.mul(square, f32x4.splat(0.5)));
  return f32x4.add(f32x4.add(x, rest), f32x4.mul(n, f32x4.splat(0.693359375)));
}

/** ln u: −∞ at 0, and no number below. */
@inline
export function logarithm(u: v128): v128 {
  const zero = f32x4.splat(0);
  // Numbers below the smallest normal one have their leading digit moved up.
  const isSmall = f32x4.lt(u, f32x4.splat(1.17549435e-38));
  const bits = v128.bitselect(f32x4.mul(u, f32x4.splat(8388608)), u, isSmall);
  // u = m 2ⁿ with √½ ≤ m < √2.
  const shifted = i32x4.add(bits, i32x4.splat(0x3f800000 - 0x3f3504f3));
  let exponent = i32x4.sub(i32x4.shr_u(shifted, 23), i32x4.splat(127));
  exponent = i32x4.sub(exponent, v128.and(isSmall, i32x4.splat(23)));
  const m = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const value = logarithmNear(f32x4.sub(m, f32x4.splat(1)), f32x4.convert_i32x4_s(exponent));
  const isUsual = v128.and(f32x4.gt(u, zero), f32x4.lt(u, f32x4.splat(Infinity)));
  const unusual = v128.bitselect(f32x4.splat(-Infinity), f32x4.sqrt(u), f32x4.eq(u, zero));
  return v128.bitselect(value, unusual, isUsual);
}

/** ln(1 + x) for 0 ≤ x ≤ 1, accurate where x is small, too. */
@inline
export function logarithmOfOnePlus(x: v128): v128 {
  const one = f32x4.splat(1);
  // Above √2 − 1: ln 2 + ln(1 + (x − 1) / 2).
  const isLarge = f32x4.gt(x, f32x4.splat(0.41421354));
  const reduced = f32x4.mul(f32x4.sub(x, one), f32x4.splat(0.5));
  return logarithmNear(v128.bitselect(reduced, x, isLarge), v128.and(isLarge, one));
}
