import { type RandomStream, randomOrthogonal } from '@apical/core';
import { evenly } from './coloured-rows.ts';
import { defineGenerator } from './generator.ts';

/**
 * Two views of given canonical correlations ρ: x = U a, y = V b, U and V being orthogonal, a and b normal of variance 1. a_i and b_i of the
 * first components have the correlation ρ_i, and all else is independent: Cxx = I, Cyy = I, Cxy = U diag(ρ) Vᵀ.
 */
export const correlatedViews = defineGenerator({
  name: 'correlated-views',
  says: 'two views of normal numbers with given canonical correlations',
  labels: 'numbers',
  samples: 100_000,
  parameters: {
    inputs: { default: 20, min: 1, max: 2000, whole: true, says: 'm, the numbers of the first view' },
    outputs: { default: 10, min: 1, max: 2000, whole: true, says: 'n, the numbers of the second view' },
    components: { default: 4, min: 1, max: 2000, whole: true, says: 'how many correlations are not zero' },
    largest: { default: 0.9, min: 0, max: 1, says: 'the largest of these, which are even' },
    smallest: { default: 0.6, min: 0, max: 1, says: 'the smallest of these' },
  },
  sizes: ({ inputs, outputs }) => ({ inputs, labels: outputs }),
  problem({ inputs, outputs, components, largest, smallest }) {
    const most = Math.min(inputs, outputs);
    if (components > most) return `components must be at most ${most}, the numbers of a view, not ${components}`;
    return smallest > largest ? `smallest must be at most ${largest}, the largest, not ${smallest}` : undefined;
  },
  generate({ inputs: m, outputs: n, components, largest, smallest }, count, random) {
    const [U, V] = rotations(m, n, random);
    const [correlations, samples] = [evenly(components, largest, smallest), random('samples')];
    const [X, Y] = [new Float32Array(count * m), new Float32Array(count * n)];
    const [a, b] = [new Float64Array(m), new Float64Array(n)];
    for (let t = 0; t < count; t++) {
      for (let i = 0; i < m; i++) a[i] = samples.normal();
      for (let i = 0; i < n; i++) {
        const rho = correlations[i] ?? 0;
        b[i] = Math.sqrt(1 - rho * rho) * samples.normal() + rho * (a[i] ?? 0);
      }
      turn(U, a, X.subarray(t * m, (t + 1) * m));
      turn(V, b, Y.subarray(t * n, (t + 1) * n));
    }
    return { X, Y };
  },
  covariance({ inputs: m, outputs: n, components, largest, smallest }, random) {
    const [U, V] = rotations(m, n, random);
    const correlations = evenly(components, largest, smallest);
    const xy = Float64Array.from({ length: m * n }, (_, at) => {
      const [i, j] = [Math.floor(at / n), at % n];
      return correlations.reduce((sum, rho, l) => sum + rho * U[i * m + l]! * V[j * n + l]!, 0);
    });
    return { xx: identity(m), xy, yy: identity(n) };
  },
});

function rotations(m: number, n: number, random: (name: string) => RandomStream) {
  const rotation = (size: number, view: string) => randomOrthogonal({ rows: size, cols: size }, random(view));
  return [rotation(m, 'first view'), rotation(n, 'second view')] as const;
}

/** Writes R v. */
function turn(R: Float64Array, v: Float64Array, to: Float32Array): void {
  for (let i = 0; i < v.length; i++) {
    let sum = 0;
    for (let j = 0; j < v.length; j++) sum += R[i * v.length + j]! * v[j]!;
    to[i] = sum;
  }
}

function identity(size: number): Float64Array {
  return Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));
}
