/** Terms of cos x = 1 − x²/2! + x⁴/4! − …, from which on x = π/2 adds nothing. */
const terms = 12;

/**
 * cos(π x) for x from 0 to 1, made of additions, multiplications and divisions only, which round alike everywhere: `Math.cos` may
 * differ from one JavaScript engine to the next.
 */
export function cosineOfHalfTurns(x: number): number {
  if (x > 0.5) return -cosineOfHalfTurns(1 - x);
  const square = Math.PI * x * (Math.PI * x);
  let sum = 1;
  for (let n = terms; n >= 1; n--) sum = 1 - (square / ((2 * n - 1) * (2 * n))) * sum;
  return sum;
}
