const bits = new DataView(new ArrayBuffer(8));

/** ln 2 in two parts. The first has 33 bits, so that its product with any exponent is exact. */
const ln2High = 0.6931471804855391;
const ln2Low = 7.440617110012397e-11;

/** 2/3, 2/5, 2/7, …: the series 2 artanh(s) = 2s + s (2/3 s² + 2/5 s⁴ + …), from its last term to its first. */
const series = [23, 21, 19, 17, 15, 13, 11, 9, 7, 5, 3].map((odd) => 2 / odd);

/**
 * The natural logarithm of a positive, normal double, to within one unit in the last place. Made of additions,
 * multiplications and divisions only, which round alike everywhere: `Math.log` may differ from one JavaScript engine
 * to the next.
 *
 * `x = 2^e (1 + f)` with `1 + f` between √½ and √2; with `s = f / (2 + f)`,
 * `ln(1 + f) = 2 artanh(s) = f − s (f − R)`, `R` being the series above without its first term.
 */
export function logarithm(x: number): number {
  bits.setFloat64(0, x);
  const high = bits.getInt32(0);
  let exponent = (high >> 20) - 1023;
  bits.setInt32(0, (high & 0xfffff) | (1023 << 20));
  let significand = bits.getFloat64(0);
  if (significand > Math.SQRT2) {
    significand /= 2;
    exponent += 1;
  }
  const f = significand - 1;
  const s = f / (2 + f);
  const square = s * s;
  let sum = 0;
  for (const coefficient of series) sum = sum * square + coefficient;
  return exponent * ln2High + (f - (s * (f - sum * square) - exponent * ln2Low));
}
