import type { LinearAlgebraKernels } from '../kernels/linear-algebra.ts';
import type { Arena } from '../kernels/memory.ts';
import { type ClassNumbers, labelAt, type Samples } from '../samples.ts';
import type { TallMatrix } from './cholesky.ts';
import { pause } from './pause.ts';

/** How the scale s of x = s p + offset enters sums over samples: in each summand, or in common afterwards. */
export interface Scaling {
  /** The factor of sample t in sums. */
  of(t: number): number;
  /** The factor of the sums. */
  readonly common: number;
}

/** What the labels' moments are found with. */
export interface LabelMoments {
  /** The sums of the samples' p, times their factors. */
  readonly totals: Float64Array;
  /** Tr Cyy, the mean of ‖y‖². */
  readonly labelPower: number;
}

/** Writes Cyx into the rows below a matrix whose labels are classes: sums are over each class's samples. */
export function addClassMoments(
  samples: Samples,
  classes: ClassNumbers,
  scaling: Scaling,
  { data, stride, order }: TallMatrix,
): LabelMoments {
  const { count, inputs, labels, offset, targets } = samples;
  const { members, classSums } = sumClasses(samples, classes, scaling);
  const totals = new Float64Array(inputs);
  for (const sums of classSums) for (let i = 0; i < inputs; i++) totals[i]! += sums[i]!;
  let labelPower = 0;
  for (const [classNumber, sums] of classSums.entries()) {
    const size = members[classNumber]!;
    for (let label = 0; label < labels; label++) {
      const target = targets[classNumber * labels + label]!;
      labelPower += (size / count) * target * target;
      const row = data.subarray((order + label) * stride, (order + label) * stride + inputs);
      for (let i = 0; i < inputs; i++) row[i]! += (target * (scaling.common * sums[i]! + offset * size)) / count;
    }
  }
  return { totals, labelPower };
}

/** Writes Cyx into the rows below a matrix whose labels are numbers, by products of matrices in float64. */
export async function addNumberMoments(
  samples: Samples,
  scaling: Scaling,
  { data, stride, order, rows }: TallMatrix,
  kernels: LinearAlgebraKernels,
  arena: Arena,
  signal: AbortSignal | undefined,
): Promise<LabelMoments> {
  const { count, inputs, labels, raw, offset, targets } = samples;
  const left = arena.float64((rows - order) * stride);
  const right = arena.float64(order * stride);
  const below = data.byteOffset + 8 * order * stride;
  const totals = new Float64Array(inputs);
  const labelSums = new Float64Array(labels);
  let labelPower = 0;
  for (let first = 0; first < count; first += order) {
    await pause(signal);
    const size = Math.min(order, count - first);
    left.fill(0);
    right.fill(0);
    for (let t = 0; t < size; t++) {
      const factor = scaling.of(first + t);
      for (let i = 0, at = (first + t) * inputs; i < inputs; i++, at++) {
        const value = factor * raw[at]!;
        right[i * stride + t] = value;
        totals[i]! += value;
      }
      for (let label = 0, at = labelAt(samples, first + t); label < labels; label++, at++) {
        const y = targets[at]!;
        left[label * stride + t] = y;
        labelSums[label]! += y;
        labelPower += (y * y) / count;
      }
    }
    const depth = Math.ceil(size / 2) * 2;
    kernels.subtractProduct(below, left.byteOffset, right.byteOffset, stride, rows - order, order, depth);
  }
  for (const [label, sum] of labelSums.entries()) {
    const row = data.subarray((order + label) * stride, (order + label) * stride + inputs);
    for (let i = 0; i < inputs; i++) row[i] = (offset * sum - scaling.common * row[i]!) / count;
  }
  return { totals, labelPower };
}

/** Of every class: how many samples it has, and the sums of their p, times their factors. */
function sumClasses({ count, inputs, labels, raw, targets }: Samples, classes: ClassNumbers, scaling: Scaling) {
  const classCount = Math.floor(targets.length / labels);
  const members = new Float64Array(classCount);
  const classSums = Array.from({ length: classCount }, () => new Float64Array(inputs));
  for (let t = 0; t < count; t++) {
    const classNumber = classes[t]!;
    const sums = classSums[classNumber]!;
    const factor = scaling.of(t);
    members[classNumber]! += 1;
    for (let i = 0, at = t * inputs; i < inputs; i++, at++) sums[i]! += factor * raw[at]!;
  }
  return { members, classSums };
}
