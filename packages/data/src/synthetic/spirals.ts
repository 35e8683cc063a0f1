import { defineGenerator } from './generator.ts';
import { noiseParameter, planarPoints } from './planar.ts';
import { turn } from './turn.ts';

/**
 * The arms of a spiral, one a class: arm c of n has the points r (cos 2πφ, sin 2πφ), φ = turns · r + c / n, r uniform from 0 to 1. With two
 * arms of three turns it is the task of Lang and Witbrock (1988).
 */
export const spirals = defineGenerator({
  name: 'spirals',
  says: 'points (x, y) of the arms of a spiral, a class each',
  source: 'Lang and Witbrock 1988',
  labels: 'classes',
  samples: 1000,
  parameters: {
    arms: { default: 2, min: 2, max: 100, whole: true, says: 'how many arms, and classes, there are' },
    turns: { default: 1.5, above: 0, max: 100, says: 'how often an arm goes around' },
    noise: noiseParameter(0.02),
  },
  sizes: ({ arms }) => ({ inputs: 2, labels: arms }),
  generate: ({ arms, turns, noise }, count, random) =>
    planarPoints(count, arms, noise, random, (c, points) => {
      const radius = points.uniform();
      const [cosine, sine] = turn(turns * radius + c / arms);
      return [radius * cosine, radius * sine];
    }),
});
