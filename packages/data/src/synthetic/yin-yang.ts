import { defineGenerator } from './generator.ts';

/** The radii of the whole disc and of the dots. */
const [big, small] = [0.5, 0.1];

/**
 * The yin-yang of Kriener, Göltz and Petrovici (2022): points of a disc, each yin (1), yang (0) or one of the dots (2), as inputs
 * (x, y, 1 − x, 1 − y) from 0 to 1. The class is drawn first, all equally likely; then points, until one has it.
 */
export const yinYang = defineGenerator({
  name: 'yin-yang',
  says: 'points (x, y, 1 − x, 1 − y) of the yin-yang, of three classes: yang, yin and dots',
  source: 'Kriener, Göltz and Petrovici 2022',
  labels: 'classes',
  classNames: ['yang', 'yin', 'dot'],
  samples: 6600,
  parameters: {},
  sizes: () => ({ inputs: 4, labels: 3 }),
  generate(_, count, random) {
    const classes = new Uint8Array(count);
    const X = new Float32Array(count * 4);
    const [goals, points] = [random('classes'), random('points')];
    for (let t = 0; t < count; t++) {
      const goal = goals.integer(3);
      let [x, y] = [0, 0];
      do {
        x = 2 * big * points.uniform();
        y = 2 * big * points.uniform();
      } while (yinYangClass(x, y) !== goal);
      classes[t] = goal;
      X.set([x, y, 1 - x, 1 - y], 4 * t);
    }
    return { X, classes };
  },
});

/** The class of a point: 0 yang, 1 yin, 2 a dot; undefined outside of the disc. */
export function yinYangClass(x: number, y: number): 0 | 1 | 2 | undefined {
  const from = (cx: number, cy: number) => Math.sqrt((x - cx) ** 2 + (y - cy) ** 2);
  if (from(big, big) > big) return undefined;
  const [left, right] = [from(0.5 * big, big), from(1.5 * big, big)];
  if (left < small || right < small) return 2;
  const isYin = left <= 0.5 * big || (y > big && right > 0.5 * big);
  return isYin ? 1 : 0;
}
