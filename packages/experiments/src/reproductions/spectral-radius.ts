import type { Matrix } from '@apical/core';

/** The product of two matrices, in float64. */
export function product(
  a: Matrix,
  b: Matrix,
): { readonly rows: number; readonly cols: number; readonly data: Float64Array } {
  const data = new Float64Array(a.rows * b.cols);
  for (let i = 0; i < a.rows; i++) {
    for (let k = 0; k < a.cols; k++) {
      const factor = a.data[i * a.cols + k]!;
      for (let j = 0; j < b.cols; j++) data[i * b.cols + j]! += factor * b.data[k * b.cols + j]!;
    }
  }
  return { rows: a.rows, cols: b.cols, data };
}

/** How often a matrix is squared: ‖M^(2^k)‖^(1/2^k) is then the spectral radius to 1e-6 or so. */
const squarings = 24;

/** The largest size of an eigenvalue of A B, by Gelfand's formula: the limit of ‖M^n‖^(1/n). */
export function spectralRadius(a: Matrix, b: Matrix): number {
  let power = product(a, b);
  let logarithm = 0;
  for (let k = 0; k <= squarings; k++) {
    const norm = Math.hypot(...power.data);
    if (norm === 0) return 0;
    logarithm += Math.log(norm) / 2 ** k;
    power = { ...power, data: power.data.map((value) => value / norm) };
    if (k < squarings) power = product(power as never, power as never);
  }
  return Math.exp(logarithm);
}
