/**
 * The functions of one number that the kernels know, by the codes of assembly/functions.ts, and their slopes (0 at jumps and
 * corners):
 *
 * | function | f(u) | f′(u) |
 * | --- | --- | --- |
 * | identity | u | 1 |
 * | relu | max(u, 0) | [u > 0] |
 * | tanh | tanh u | 1 − f² |
 * | sigmoid | 1 / (1 + e⁻ᵘ) | f (1 − f) |
 * | softplus | ln(1 + eᵘ) | 1 / (1 + e⁻ᵘ) |
 * | exponential | eᵘ | eᵘ |
 * | logarithm | ln u | 1 / u |
 * | reciprocal | 1 / u | −1 / u² |
 * | squareRoot | √u | 1 / (2 √u) |
 * | square | u² | 2 u |
 * | absolute | \|u\| | sign u |
 * | sign | −1, 0 or 1 | 0 |
 * | step | [u > 0] | 0 |
 */
export const pointwiseCodes = {
  identity: 0,
  relu: 1,
  tanh: 2,
  sigmoid: 3,
  softplus: 4,
  exponential: 5,
  logarithm: 6,
  reciprocal: 7,
  squareRoot: 8,
  square: 9,
  absolute: 10,
  sign: 11,
  step: 12,
} as const;

export type PointwiseFunction = keyof typeof pointwiseCodes;
