import type { RandomStream } from '@apical/core';

/** Normal numbers of covariance Uᵀ diag(v) U + noise I. */
export interface Coloured {
  /** m */
  readonly dimensions: number;
  /** U: one direction a row, orthonormal. */
  readonly directions: Float64Array;
  /** v, one a direction. */
  readonly variances: Float64Array;
  readonly noise: number;
}

/** Samples, count × m row-major. */
export function colouredRows(
  { dimensions, directions, variances, noise }: Coloured,
  count: number,
  random: RandomStream,
): Float32Array {
  const X = new Float32Array(count * dimensions);
  const [scales, spread] = [variances.map(Math.sqrt), Math.sqrt(noise)];
  const x = new Float64Array(dimensions);
  for (let t = 0; t < count; t++) {
    x.fill(0);
    for (const [i, scale] of scales.entries()) {
      const size = scale * random.normal();
      for (let j = 0; j < dimensions; j++) x[j]! += size * directions[i * dimensions + j]!;
    }
    if (noise > 0) for (let j = 0; j < dimensions; j++) x[j]! += spread * random.normal();
    X.set(x, t * dimensions);
  }
  return X;
}

/** Their covariance, m × m. */
export function covarianceOf({ dimensions, directions, variances, noise }: Coloured): Float64Array {
  return Float64Array.from({ length: dimensions * dimensions }, (_, at) => {
    const [i, j] = [Math.floor(at / dimensions), at % dimensions];
    const own = i === j ? noise : 0;
    return variances.reduce(
      (sum, variance, l) => sum + variance * directions[l * dimensions + i]! * directions[l * dimensions + j]!,
      own,
    );
  });
}

/** So many numbers from the one to the other, equally far from each other. */
export function evenly(count: number, first: number, last: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => first + ((last - first) * i) / Math.max(1, count - 1));
}
