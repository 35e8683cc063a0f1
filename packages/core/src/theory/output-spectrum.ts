import { Matrix } from 'ml-matrix';
import { InputError } from '../errors.ts';
import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { diagonalise } from './eigen.ts';

/** How many samples are computed at a time. */
const blockSamples = 1024;

/**
 * The eigenvalues of ⟨z zᵀ⟩ over a data set, descending, in float64: z is `transform` of the input, or, where the label is a second view,
 * `transformBoth` of both.
 *
 * @throws InputError for samples of another shape, and none; without labels, where these are a second view
 */
export function outputSpectrum(network: Network, samples: Samples): number[] {
  const { count } = samples;
  if (count === 0) throw new InputError('the data set has no samples');
  const k = network.hidden;
  const hasViews = network.blueprint.behaviour.transformBoth !== undefined;
  const all = hasViews ? network.transformBoth(samples) : undefined;
  const sums = new Float64Array(k * k);
  for (let first = 0; first < count; first += blockSamples) {
    const part = Math.min(blockSamples, count - first);
    const z = all ? all.subarray(first * k, (first + part) * k) : network.transformSamples(samples, first, part);
    for (let t = 0; t < part; t++) {
      for (let i = 0; i < k; i++) for (let j = 0; j <= i; j++) sums[i * k + j]! += z[t * k + i]! * z[t * k + j]!;
    }
  }
  const moments = Matrix.zeros(k, k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      moments.set(i, j, sums[i * k + j]! / count);
      moments.set(j, i, sums[i * k + j]! / count);
    }
  }
  return Array.from(diagonalise(moments).eigenvalues);
}
