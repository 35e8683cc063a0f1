import { defineStream } from './generator.ts';

/** Independent normal numbers in each cell and step. */
export const normal = defineStream({
  name: 'normal',
  says: 'normal numbers, anew in each step',
  parameters: {
    sd: { default: 1, min: 0, says: 'their standard deviation' },
  },
  start({ sd }, cells, random) {
    return (out, { first, count }) => {
      random.position = 2 * first * cells;
      for (let at = 0; at < count * cells; at++) out[at] = sd * random.normal();
    };
  },
});
