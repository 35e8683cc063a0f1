import { type RandomStream, randomOrthogonal } from '@apical/core';
import { type Coloured, colouredRows, covarianceOf, evenly } from './coloured-rows.ts';
import { defineGenerator } from './generator.ts';

/**
 * The spiked covariance of Giovannucci et al. (2018): x = Uᵀ diag(√λ) s + √noise n, s and n being normal, the rows of U orthonormal, and λ
 * even from 1 to ½. Centred and of mean length 1 (`--inputs centred`) it is what fast similarity matching is compared on.
 */
export const spiked = defineGenerator({
  name: 'spiked',
  says: 'normal numbers of large variance, from 1 to ½, in a few directions, and noise in all',
  source: 'Giovannucci et al. 2018',
  labels: 'none',
  samples: 10_000,
  parameters: {
    dimensions: { default: 50, min: 1, max: 10_000, whole: true, says: 'm, the numbers in an input' },
    rank: { default: 10, min: 1, max: 1000, whole: true, says: 'how many directions have a large variance' },
    noise: { default: 0.002, min: 0, max: 1e6, says: 'the variance of the noise' },
  },
  sizes: ({ dimensions }) => ({ inputs: dimensions, labels: 0 }),
  problem: ({ dimensions, rank }) =>
    rank > dimensions ? `rank must be at most ${dimensions}, the dimensions, not ${rank}` : undefined,
  generate: (values, count, random) => ({ X: colouredRows(spikes(values, random), count, random('samples')) }),
  covariance: (values, random) => ({ xx: covarianceOf(spikes(values, random)) }),
});

function spikes(
  { dimensions, rank, noise }: { readonly dimensions: number; readonly rank: number; readonly noise: number },
  random: (name: string) => RandomStream,
): Coloured {
  const directions = randomOrthogonal({ rows: rank, cols: dimensions }, random('directions'));
  return { dimensions, directions, variances: evenly(rank, 1, 0.5), noise };
}
