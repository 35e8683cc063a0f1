import { defineGenerator } from './generator.ts';
import { noiseParameter, planarPoints } from './planar.ts';
import { turn } from './turn.ts';

/**
 * Two half circles that reach into each other, as scikit-learn's `make_moons` has them: the upper one (cos φ, sin φ) and the lower one
 * (1 − cos φ, ½ − sin φ), φ uniform from 0 to π.
 */
export const moons = defineGenerator({
  name: 'moons',
  says: 'points (x, y) of two half circles that reach into each other',
  labels: 'classes',
  classNames: ['upper', 'lower'],
  samples: 1000,
  parameters: { noise: noiseParameter(0.1) },
  sizes: () => ({ inputs: 2, labels: 2 }),
  generate: ({ noise }, count, random) =>
    planarPoints(count, 2, noise, random, (c, points) => {
      const [cosine, sine] = turn(points.uniform() / 2);
      return c === 0 ? [cosine, sine] : [1 - cosine, 0.5 - sine];
    }),
});
