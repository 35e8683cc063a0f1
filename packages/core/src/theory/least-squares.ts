import { instantiateKernels } from '../kernels/kernels.ts';
import type { LinearAlgebraKernels } from '../kernels/linear-algebra.ts';
import { Arena, createMemory } from '../kernels/memory.ts';
import { labelAt, type Samples, scaleOf } from '../samples.ts';
import { solveRows } from './cholesky.ts';
import { diagonalise } from './eigen.ts';
import { explainedCovariance, whiten } from './whitening.ts';

/** How many samples are predicted at a time; a multiple of 4. */
const blockSamples = 256;

/** The n eigenvalues of M = F Fᵀ that are not zero by its rank, F = (Cxx + λI)^(−1/2) Cxy, from the largest to the smallest. */
export async function explainedEigenvalues(samples: Samples, ridge: number): Promise<Float64Array> {
  return diagonalise(explainedCovariance((await whiten(samples, ridge)).rows)).eigenvalues;
}

/**
 * y − ỹ of every sample (T × n, row-major), where ỹ = Cyx (Cxx + λI)⁻¹ x is the linear prediction of least squares, by all
 * m inputs and not only k directions of them.
 *
 * @throws InputError if Cxx + λI is singular
 */
export async function leastSquaresResiduals(samples: Samples, ridge: number): Promise<Float64Array> {
  const { matrix, rows } = await whiten(samples, ridge);
  solveRows(matrix, rows);
  const memory = createMemory();
  return subtractPredictions(samples, rows, await instantiateKernels(memory), new Arena(memory));
}

/** @param coefficients n rows, padded with zeros to an even length */
function subtractPredictions(
  samples: Samples,
  coefficients: readonly Float64Array[],
  kernels: LinearAlgebraKernels,
  arena: Arena,
): Float64Array {
  const { count, inputs, labels, raw, offset, targets } = samples;
  const depth = coefficients[0]!.length;
  const columns = Math.ceil(labels / 2) * 2;
  // The kernel wants one stride for all three matrices; not a power of two, for the cache's sake.
  const stride = Math.max(depth, columns) + 8;
  const right = arena.float64(columns * stride);
  for (const [label, row] of coefficients.entries()) right.set(row, label * stride);
  const left = arena.float64(blockSamples * stride);
  const block = arena.float64(blockSamples * stride);
  const residuals = new Float64Array(count * labels);
  for (let first = 0; first < count; first += blockSamples) {
    const size = Math.min(blockSamples, count - first);
    for (let t = 0; t < size; t++) {
      const row = left.subarray(t * stride, t * stride + inputs);
      const scale = scaleOf(samples, first + t);
      for (let i = 0, at = (first + t) * inputs; i < inputs; i++, at++) row[i] = scale * raw[at]! + offset;
      const target = labelAt(samples, first + t);
      block.set(targets.subarray(target, target + labels), t * stride);
    }
    kernels.subtractProduct(block.byteOffset, left.byteOffset, right.byteOffset, stride, blockSamples, columns, depth);
    for (let t = 0; t < size; t++) {
      residuals.set(block.subarray(t * stride, t * stride + labels), (first + t) * labels);
    }
  }
  return residuals;
}
