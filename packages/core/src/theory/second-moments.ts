import { Matrix } from 'ml-matrix';
import { checkLabelled, checkSamples } from '../check-samples.ts';
import { InputError } from '../errors.ts';
import { instantiateKernels } from '../kernels/kernels.ts';
import { Arena, createMemory } from '../kernels/memory.ts';
import { labelAt, type Samples } from '../samples.ts';
import { moments } from './covariance.ts';

/** Second moments of a data set, not centred, in float64: of inputs x, and of labels or a second view y where there are any. */
export interface SecondMoments {
  /** ⟨x xᵀ⟩ + λ I, m × m. */
  readonly Cxx: Matrix;
  /** ⟨x yᵀ⟩, m × n. */
  readonly Cxy: Matrix;
  /** ⟨y yᵀ⟩ + λ I, n × n. */
  readonly Cyy: Matrix;
}

/**
 * Computes ⟨x xᵀ⟩, ⟨x yᵀ⟩ and ⟨y yᵀ⟩ over a data set, with the ridge λ on the diagonals of the first and the last.
 *
 * @param ridge λ, 0 or more
 * @throws InputError for samples without labels, and for none
 */
export async function secondMoments(samples: Samples, ridge = 0, signal?: AbortSignal): Promise<SecondMoments> {
  checkLabelled(samples, 'the optimum');
  const { Cxx, Cyx } = await firstRows(samples, ridge, signal);
  const Cyy = labelCovariance(samples).add(Matrix.eye(samples.labels).mul(ridge));
  return { Cxx, Cxy: Cyx.transpose(), Cyy };
}

/** ⟨x xᵀ⟩ over a data set, m × m, of its inputs alone. @throws InputError for no samples */
export async function inputCovariance(samples: Samples, signal?: AbortSignal): Promise<Matrix> {
  const { classes: _, ...others } = samples;
  return (await firstRows({ ...others, labels: 0, targets: new Float32Array(0) }, 0, signal)).Cxx;
}

async function firstRows(samples: Samples, ridge: number, signal?: AbortSignal) {
  checkSamples(samples);
  const { count, inputs, labels } = samples;
  if (count === 0) throw new InputError('the data set has no samples, so that it has no optimum');
  if (!(ridge >= 0 && ridge < Number.POSITIVE_INFINITY)) {
    throw new InputError(`the ridge is ${ridge}, but must be a finite number, 0 or more`);
  }
  const memory = createMemory();
  const { matrix } = await moments(samples, ridge, await instantiateKernels(memory), new Arena(memory), signal);
  const { data, stride, order } = matrix;
  const at = (i: number, j: number) => data[Math.max(i, j) * stride + Math.min(i, j)]!;
  const Cxx = new Matrix(
    Array.from({ length: inputs }, (_, i) => Float64Array.from({ length: inputs }, (_, j) => at(i, j))),
  );
  const Cyx = Matrix.zeros(labels, inputs);
  for (let l = 0; l < labels; l++) for (let i = 0; i < inputs; i++) Cyx.set(l, i, data[(order + l) * stride + i]!);
  return { Cxx, Cyx };
}

/** Cyy, the mean of y yᵀ. */
export function labelCovariance(samples: Samples): Matrix {
  const { count, labels, targets } = samples;
  const sums = Matrix.zeros(labels, labels);
  for (let t = 0; t < count; t++) {
    const y = targets.subarray(labelAt(samples, t), labelAt(samples, t) + labels);
    for (const [i, a] of y.entries()) {
      if (a === 0) continue;
      for (const [j, b] of y.entries()) sums.set(i, j, sums.get(i, j) + a * b);
    }
  }
  return sums.div(count);
}
