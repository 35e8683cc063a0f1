import { defineGenerator } from './generator.ts';
import { noiseParameter } from './planar.ts';

/**
 * Exclusive or, of any number of bits: bits −1 or 1, all equally likely, with noise. The class is 1 where an odd number of them is 1
 * (without the noise), otherwise 0.
 */
export const xor = defineGenerator({
  name: 'xor',
  says: 'bits of −1 and 1 with noise; the class is whether an odd number of them is 1',
  labels: 'classes',
  classNames: ['even', 'odd'],
  samples: 1000,
  parameters: {
    bits: { default: 2, min: 2, max: 1000, whole: true, says: 'how many bits an input has' },
    noise: noiseParameter(0.2),
  },
  sizes: ({ bits }) => ({ inputs: bits, labels: 2 }),
  generate({ bits, noise }, count, random) {
    const [choices, errors] = [random('bits'), random('noise')];
    const classes = new Uint8Array(count);
    const X = new Float32Array(count * bits);
    for (let t = 0; t < count; t++) {
      for (let i = 0; i < bits; i++) {
        const bit = choices.integer(2);
        classes[t]! ^= bit;
        X[t * bits + i] = 2 * bit - 1 + noise * errors.normal();
      }
    }
    return { X, classes };
  },
});
