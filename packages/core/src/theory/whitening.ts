import { Matrix as DoubleMatrix } from 'ml-matrix';
import { checkLabelled, checkSamples } from '../check-samples.ts';
import { InputError } from '../errors.ts';
import { instantiateKernels } from '../kernels/kernels.ts';
import { Arena, createMemory } from '../kernels/memory.ts';
import type { Samples } from '../samples.ts';
import { factorise, type TallMatrix } from './cholesky.ts';
import { moments } from './covariance.ts';

/** The second moments of a data set in coordinates in which the inputs' covariance, with the ridge, is I. */
export interface Whitened {
  /** L, where Cxx + λI = L Lᵀ, in the lower triangle. */
  readonly matrix: TallMatrix;
  /** The n rows of Fᵀ = Cyx L⁻ᵀ; they are as long as the padded order of L, and zero from m on. Views of `matrix`. */
  readonly rows: readonly Float64Array[];
  /** Tr Cyy, the mean of ‖y‖². */
  readonly labelPower: number;
}

/**
 * Computes and factorises the second moments of a data set. For m inputs it takes time in proportion to T m² + m³ and about
 * 8 m² bytes.
 *
 * @param ridge λ, 0 or more
 * @throws InputError if the ridge is out of range, for samples that have less than they say or no labels, or if Cxx + λI is singular
 */
export async function whiten(samples: Samples, ridge: number, signal?: AbortSignal): Promise<Whitened> {
  const { count, inputs, labels } = samples;
  if (!(ridge >= 0 && ridge < Number.POSITIVE_INFINITY)) {
    throw new InputError(`the ridge is ${ridge}, but must be a finite number, 0 or more`);
  }
  checkSamples(samples);
  checkLabelled(samples, 'the optimum');
  if (count === 0) throw new InputError('the data set has no samples, so that it has no optimum');
  // Rounding could hide this one from the factorisation.
  if (ridge === 0 && count < inputs) throw new InputError(whySingular(samples, ridge));

  const memory = createMemory();
  const kernels = await instantiateKernels(memory);
  const { matrix, labelPower } = await moments(samples, ridge, kernels, new Arena(memory), signal);
  if (!(await factorise(kernels, matrix, inputs, signal))) throw new InputError(whySingular(samples, ridge));
  const rows = Array.from({ length: labels }, (_, label) => rowBelow(matrix, label));
  return { matrix, rows, labelPower };
}

/** FᵀF = Cyx (Cxx + λI)⁻¹ Cxy (n × n), the covariance of what least squares predicts. It has the eigenvalues of M = F Fᵀ. */
export function explainedCovariance(whitened: readonly Float64Array[]): DoubleMatrix {
  return new DoubleMatrix(whitened.map((a) => whitened.map((b) => innerProduct(a, b))));
}

export function innerProduct(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function rowBelow({ data, stride, order }: TallMatrix, index: number): Float64Array {
  return data.subarray((order + index) * stride, (order + index) * stride + order);
}

function whySingular({ count, inputs, raw }: Samples, ridge: number): string {
  let constant = 0;
  for (let i = 0; i < inputs; i++) {
    let t = 1;
    while (t < count && raw[t * inputs + i] === raw[i]) t++;
    if (t === count) constant++;
  }
  const number = (value: number) => value.toLocaleString('en');
  let reason = 'some inputs are linear combinations of others';
  if (constant > 0) reason = `${number(constant)} of ${number(inputs)} inputs are the same in all samples`;
  else if (count < inputs) reason = `${number(count)} samples do not determine ${number(inputs)} inputs`;
  return `the inputs' covariance has no inverse at ridge ${ridge}: ${reason}; use a larger ridge, such as 0.1`;
}
