import { defineGenerator } from './generator.ts';

/**
 * What a linear teacher says: x ~ N(0, I), y = T x. The entries of T are uniform from −1 to 1 (`uniform`), or whole numbers, all from
 * −10 to 9 equally likely (`whole`).
 */
export const linearTeacher = defineGenerator({
  name: 'linear-teacher',
  says: 'normal inputs x, and labels y = T x of a random matrix T',
  labels: 'numbers',
  samples: 2000,
  parameters: {
    inputs: { default: 30, min: 1, max: 10_000, whole: true, says: 'm, the numbers in an input' },
    outputs: { default: 10, min: 1, max: 10_000, whole: true, says: 'n, the numbers in a label' },
    teacher: {
      default: 'uniform',
      choices: ['uniform', 'whole'],
      says: 'the entries of T: from −1 to 1, or whole numbers from −10 to 9',
    },
  },
  sizes: ({ inputs, outputs }) => ({ inputs, labels: outputs }),
  generate({ inputs, outputs, teacher }, count, random) {
    const entries = random('teacher');
    const T = Float64Array.from({ length: outputs * inputs }, () =>
      teacher === 'whole' ? entries.integer(20) - 10 : 2 * entries.uniform() - 1,
    );
    const normal = random('inputs');
    const X = Float32Array.from({ length: count * inputs }, () => normal.normal());
    const Y = new Float32Array(count * outputs);
    for (let t = 0; t < count; t++) {
      for (let i = 0; i < outputs; i++) {
        let sum = 0;
        for (let j = 0; j < inputs; j++) sum += T[i * inputs + j]! * X[t * inputs + j]!;
        Y[t * outputs + i] = sum;
      }
    }
    return { X, Y };
  },
});
