import type { RandomStream } from '@apical/core';
import { defineGenerator } from './generator.ts';

/**
 * What a teacher network says: x ~ N(0, I), y = W2 relu(W1 x + b) + ε, with one hidden layer. W1 ~ N(0, 1/m), b ~ N(0, 1), W2 ~ N(0, 2/k) of
 * k hidden units, ε ~ N(0, noise²).
 */
export const teacher = defineGenerator({
  name: 'teacher',
  says: 'normal inputs x, and what a random network of one rectified hidden layer says of them',
  labels: 'numbers',
  samples: 2000,
  parameters: {
    inputs: { default: 20, min: 1, max: 10_000, whole: true, says: 'm, the numbers in an input' },
    hidden: { default: 10, min: 1, max: 10_000, whole: true, says: 'k, the hidden units of the teacher' },
    outputs: { default: 5, min: 1, max: 1000, whole: true, says: 'n, the numbers in a label' },
    noise: { default: 0, min: 0, max: 100, says: 'the standard deviation of normal noise on what it says' },
  },
  sizes: ({ inputs, outputs }) => ({ inputs, labels: outputs }),
  generate({ inputs, hidden, outputs, noise }, count, random) {
    const weights = random('weights');
    const W1 = normals(weights, hidden * inputs, Math.sqrt(1 / inputs));
    const b = normals(weights, hidden, 1);
    const W2 = normals(weights, outputs * hidden, Math.sqrt(2 / hidden));
    const [samples, errors] = [random('inputs'), random('noise')];
    const X = Float32Array.from({ length: count * inputs }, () => samples.normal());
    const Y = new Float32Array(count * outputs);
    const z = new Float64Array(hidden);
    for (let t = 0; t < count; t++) {
      for (let i = 0; i < hidden; i++) {
        let sum = b[i]!;
        for (let j = 0; j < inputs; j++) sum += W1[i * inputs + j]! * X[t * inputs + j]!;
        z[i] = Math.max(0, sum);
      }
      for (let i = 0; i < outputs; i++) {
        let sum = noise * errors.normal();
        for (let j = 0; j < hidden; j++) sum += W2[i * hidden + j]! * z[j]!;
        Y[t * outputs + i] = sum;
      }
    }
    return { X, Y };
  },
});

function normals(random: RandomStream, length: number, sd: number): Float64Array {
  return Float64Array.from({ length }, () => sd * random.normal());
}
