import { Matrix } from 'ml-matrix';
import { labelAt, type Samples, scaleOf } from '../samples.ts';

/** How many samples are looked at where data are judged by the first of them. */
const mostSamples = 1000;

/** The inputs of the first thousand samples, one a row. */
export function firstInputs(samples: Samples): Matrix {
  const { inputs, raw, offset } = samples;
  const rows = Math.min(mostSamples, samples.count);
  const X = new Matrix(rows, inputs);
  for (let t = 0; t < rows; t++) {
    const scale = scaleOf(samples, t);
    for (let i = 0; i < inputs; i++) X.set(t, i, scale * raw[t * inputs + i]! + offset);
  }
  return X;
}

/** Their labels, or second view. */
export function firstLabels(samples: Samples): Matrix {
  const { labels, targets } = samples;
  const rows = Math.min(mostSamples, samples.count);
  const Y = new Matrix(rows, labels);
  for (let t = 0; t < rows; t++) {
    const at = labelAt(samples, t);
    for (let i = 0; i < labels; i++) Y.set(t, i, targets[at + i]!);
  }
  return Y;
}
