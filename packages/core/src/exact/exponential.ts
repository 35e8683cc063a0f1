const bits = new DataView(new ArrayBuffer(8));

/** ln 2 in two parts. The first has 33 bits, so that its product with any exponent is exact. */
const ln2High = 0.6931471804855391;
const ln2Low = 7.440617110012397e-11;

/** Terms of exp r = 1 + r + r²/2! + …, from which on |r| ≤ ½ ln 2 adds nothing. */
const terms = 15;

/**
 * exp(x) for x from −700 to 700, to within two units in the last place. Made of additions, multiplications and divisions only, which
 * round alike everywhere: `Math.exp` may differ from one JavaScript engine to the next.
 *
 * `x = n ln 2 + r` with |r| ≤ ½ ln 2; `exp x = 2ⁿ exp r`.
 */
export function exponential(x: number): number {
  const n = Math.round(x / (ln2High + ln2Low));
  const r = x - n * ln2High - n * ln2Low;
  let sum = 1;
  for (let term = terms; term >= 1; term--) sum = 1 + (r / term) * sum;
  bits.setUint32(0, (n + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0) * sum;
}
