import { defineGenerator } from './generator.ts';
import { noiseParameter, planarPoints } from './planar.ts';
import { turn } from './turn.ts';

/** Two circles around the origin, as scikit-learn's `make_circles` has them: of radius 1, and `factor`; angles uniform. */
export const circles = defineGenerator({
  name: 'circles',
  says: 'points (x, y) of two circles, one inside the other',
  labels: 'classes',
  classNames: ['outer', 'inner'],
  samples: 1000,
  parameters: {
    factor: { default: 0.5, above: 0, max: 1, says: 'the radius of the inner circle; the outer has 1' },
    noise: noiseParameter(0.1),
  },
  sizes: () => ({ inputs: 2, labels: 2 }),
  generate: ({ factor, noise }, count, random) =>
    planarPoints(count, 2, noise, random, (c, points) => {
      const radius = c === 0 ? 1 : factor;
      const [cosine, sine] = turn(points.uniform());
      return [radius * cosine, radius * sine];
    }),
});
