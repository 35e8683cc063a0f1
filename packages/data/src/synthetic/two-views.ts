import type { RandomStream } from '@apical/core';
import { defineGenerator } from './generator.ts';

/**
 * Two views of the same sources, on which Bio-CCA is compared (Lipshutz et al. 2020): x = A s + n and y = B s + n′, where all is normal and
 * independent, and of variance 1, the entries of A and B, too.
 */
export const twoViews = defineGenerator({
  name: 'two-views',
  says: 'two views of the same normal sources, each mixed by a random matrix, with noise',
  source: 'Lipshutz et al. 2020',
  labels: 'numbers',
  samples: 100_000,
  parameters: {
    inputs: { default: 50, min: 1, max: 10_000, whole: true, says: 'm, the numbers of the first view' },
    outputs: { default: 30, min: 1, max: 10_000, whole: true, says: 'n, the numbers of the second view' },
    sources: { default: 8, min: 1, max: 1000, whole: true, says: 'how many sources they have in common' },
    noise: { default: 1, min: 0, max: 1e6, says: 'the variance of the noise' },
  },
  sizes: ({ inputs, outputs }) => ({ inputs, labels: outputs }),
  generate({ inputs, outputs, sources, noise }, count, random) {
    const [A, B] = mixtures(inputs, outputs, sources, random);
    const [samples, spread] = [random('samples'), Math.sqrt(noise)];
    const [X, Y] = [new Float32Array(count * inputs), new Float32Array(count * outputs)];
    const s = new Float64Array(sources);
    const mix = (mixture: Float64Array, row: number) => {
      let sum = spread * samples.normal();
      for (let j = 0; j < sources; j++) sum += mixture[row * sources + j]! * s[j]!;
      return sum;
    };
    for (let t = 0; t < count; t++) {
      for (let j = 0; j < sources; j++) s[j] = samples.normal();
      for (let i = 0; i < inputs; i++) X[t * inputs + i] = mix(A, i);
      for (let i = 0; i < outputs; i++) Y[t * outputs + i] = mix(B, i);
    }
    return { X, Y };
  },
  covariance({ inputs, outputs, sources, noise }, random) {
    const [A, B] = mixtures(inputs, outputs, sources, random);
    const product = (left: Float64Array, right: Float64Array, own: number) => {
      const cols = right.length / sources;
      return Float64Array.from({ length: (left.length / sources) * cols }, (_, at) => {
        const [i, j] = [Math.floor(at / cols), at % cols];
        let sum = i === j ? own : 0;
        for (let l = 0; l < sources; l++) sum += left[i * sources + l]! * right[j * sources + l]!;
        return sum;
      });
    };
    return { xx: product(A, A, noise), xy: product(A, B, 0), yy: product(B, B, noise) };
  },
});

function mixtures(
  inputs: number,
  outputs: number,
  sources: number,
  random: (name: string) => RandomStream,
): readonly [Float64Array, Float64Array] {
  const normal = random('mixing');
  const entries = (rows: number) => Float64Array.from({ length: rows * sources }, () => normal.normal());
  return [entries(inputs), entries(outputs)];
}
