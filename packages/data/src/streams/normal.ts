import type { RandomStream } from '@apical/core';
import { defineStream } from './generator.ts';

/** Normal numbers, anew in each step: independent in all cells, or of a rank: `A z`, z independent, A fixed, each number of the variance sd². */
export const normal = defineStream({
  name: 'normal',
  says: 'normal numbers, anew in each step',
  parameters: {
    sd: { default: 1, min: 0, says: 'their standard deviation; of a rank, on average over cells' },
    rank: { default: 0, min: 0, whole: true, says: 'in how many directions they lie; 0: in all' },
  },
  start({ sd, rank }, cells, random) {
    if (rank === 0) {
      return (out, { first, count }) => {
        random.position = 2 * first * cells;
        for (let at = 0; at < count * cells; at++) out[at] = sd * random.normal();
      };
    }
    const mixing = normals(random, 0, cells * rank);
    return (out, { first, count }) => {
      for (let i = 0; i < count; i++) {
        const z = normals(random, 2 * (cells + first + i) * rank, rank);
        for (let cell = 0; cell < cells; cell++) {
          const sum = z.reduce((total, each, j) => total + mixing[cell * rank + j]! * each, 0);
          out[i * cells + cell] = (sd * sum) / Math.sqrt(rank);
        }
      }
    };
  },
});

function normals(random: RandomStream, position: number, length: number): number[] {
  random.position = position;
  return Array.from({ length }, () => random.normal());
}
