import { labelAt, type Samples, scaleOf } from '../samples.ts';

/** x of a sample, by its number. */
export function inputOf(samples: Samples, t: number): Float64Array {
  const { inputs, raw, offset } = samples;
  const scale = scaleOf(samples, t);
  return Float64Array.from({ length: inputs }, (_, i) => scale * raw[t * inputs + i]! + offset);
}

/** Its label, or its second view. */
export function targetOf(samples: Samples, t: number): Float64Array {
  const at = labelAt(samples, t);
  return Float64Array.from(samples.targets.subarray(at, at + samples.labels));
}
