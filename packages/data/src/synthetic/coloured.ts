import { type RandomStream, randomOrthogonal } from '@apical/core';
import { type Coloured, colouredRows, covarianceOf, evenly } from './coloured-rows.ts';
import { defineGenerator } from './generator.ts';

/**
 * Normal numbers of covariance Uᵀ diag(λ) U, U being orthogonal, as networks of adaptive dimensionality reduction are compared on. The first
 * λ, as many as there are components, are even from the largest to the smallest; the others are uniform from 0 to `tail`.
 */
export const coloured = defineGenerator({
  name: 'coloured',
  says: 'normal numbers of a covariance with given eigenvalues',
  labels: 'none',
  samples: 10_000,
  parameters: {
    dimensions: { default: 64, min: 1, max: 2000, whole: true, says: 'm, the numbers in an input' },
    components: { default: 4, min: 0, max: 2000, whole: true, says: 'how many eigenvalues are even' },
    largest: { default: 5, min: 0, max: 1e6, says: 'the largest of these' },
    smallest: { default: 2, min: 0, max: 1e6, says: 'the smallest of these' },
    tail: { default: 0.5, min: 0, max: 1e6, says: 'what the other eigenvalues are below' },
  },
  sizes: ({ dimensions }) => ({ inputs: dimensions, labels: 0 }),
  problem({ dimensions, components, largest, smallest }) {
    if (components > dimensions) return `components must be at most ${dimensions}, the dimensions, not ${components}`;
    return smallest > largest ? `smallest must be at most ${largest}, the largest, not ${smallest}` : undefined;
  },
  generate: (values, count, random) => ({ X: colouredRows(colours(values, random), count, random('samples')) }),
  covariance: (values, random) => ({ xx: covarianceOf(colours(values, random)) }),
});

interface Values {
  readonly dimensions: number;
  readonly components: number;
  readonly largest: number;
  readonly smallest: number;
  readonly tail: number;
}

function colours(
  { dimensions, components, largest, smallest, tail }: Values,
  random: (name: string) => RandomStream,
): Coloured {
  const [even, others] = [evenly(components, largest, smallest), random('eigenvalues')];
  const variances = Float64Array.from({ length: dimensions }, (_, i) => even[i] ?? tail * others.uniform());
  const directions = randomOrthogonal({ rows: dimensions, cols: dimensions }, random('directions'));
  return { dimensions, directions, variances, noise: 0 };
}
