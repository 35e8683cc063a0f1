import type { LinearAlgebraKernels } from '../kernels/linear-algebra.ts';
import type { Arena } from '../kernels/memory.ts';
import { type Samples, scaleOf } from '../samples.ts';
import { createTallMatrix, type TallMatrix } from './cholesky.ts';
import { addClassMoments, addNumberMoments, type Scaling } from './label-covariance.ts';
import { pause } from './pause.ts';

/** How many samples are multiplied at a time: their int16 bytes should stay in the cache, and `addGram` has a limit. */
const blockSamples = 1024;

/** The second moments of inputs and labels over a data set of T samples. */
export interface Moments {
  /** Cxx + λI (m × m, lower triangle), Cxx = X Xᵀ / T; below it, from row `order` on, Cyx = Y Xᵀ / T (n × m). */
  readonly matrix: TallMatrix;
  /** Tr Cyy, the mean of ‖y‖². */
  readonly labelPower: number;
}

/**
 * Computes the second moments of a data set; they are not centred. Where raw inputs are bytes and all samples have one scale, the
 * sums over products of raw inputs are exact, in integers; scale, offset and ridge come in afterwards. All others are float64.
 */
export async function moments(
  samples: Samples,
  ridge: number,
  kernels: LinearAlgebraKernels,
  arena: Arena,
  signal?: AbortSignal,
): Promise<Moments> {
  const { count, inputs, labels, raw, scale, offset, classes } = samples;
  const matrix = createTallMatrix(arena, inputs, labels);
  const { data, stride } = matrix;
  let scaling: Scaling = { of: (t) => scaleOf(samples, t), common: 1 };
  if (raw instanceof Uint8Array && typeof scale === 'number') {
    scaling = { of: () => 1, common: scale };
    await addByteProducts(samples, raw, matrix, kernels, arena, signal);
  } else {
    await addScaledProducts(samples, scaling, matrix, kernels, arena, signal);
  }
  const { totals, labelPower } = classes
    ? addClassMoments(samples, classes, scaling, matrix)
    : await addNumberMoments(samples, scaling, matrix, kernels, arena, signal);

  const { common } = scaling;
  for (let i = 0; i < inputs; i++) {
    const row = data.subarray(i * stride, i * stride + i + 1);
    for (let j = 0; j <= i; j++) {
      row[j] = (common * common * row[j]! + common * offset * (totals[i]! + totals[j]!)) / count + offset * offset;
    }
    row[i]! += ridge;
  }
  return { matrix, labelPower };
}

/** Σ p pᵀ over the samples' bytes p, block by block. */
async function addByteProducts(
  { count, inputs }: Samples,
  raw: Uint8Array,
  { data, stride, order }: TallMatrix,
  kernels: LinearAlgebraKernels,
  arena: Arena,
  signal: AbortSignal | undefined,
): Promise<void> {
  const widest = Math.ceil(Math.min(count, blockSamples) / 8) * 8;
  const bytes = arena.bytes(2 * order * widest);
  const block = new Int16Array(bytes.buffer, bytes.byteOffset, order * widest);
  for (let first = 0; first < count; first += blockSamples) {
    await pause(signal);
    const size = Math.min(blockSamples, count - first);
    const width = Math.ceil(size / 8) * 8;
    block.fill(0);
    for (let i = 0; i < inputs; i++) {
      for (let t = 0, from = first * inputs + i, to = i * width; t < size; t++, from += inputs, to++) {
        block[to] = raw[from]!;
      }
    }
    kernels.addGram(data.byteOffset, stride, block.byteOffset, order, width);
  }
}

/** Σ (s p)(s p)ᵀ over the samples' raw inputs p, s being the factor of each, in float64. */
async function addScaledProducts(
  { count, inputs, raw }: Samples,
  scaling: Scaling,
  { data, stride, order }: TallMatrix,
  kernels: LinearAlgebraKernels,
  arena: Arena,
  signal: AbortSignal | undefined,
): Promise<void> {
  const block = arena.float64(order * stride);
  for (let first = 0; first < count; first += order) {
    await pause(signal);
    const size = Math.min(order, count - first);
    block.fill(0);
    for (let t = 0; t < size; t++) {
      const factor = scaling.of(first + t);
      for (let i = 0, at = (first + t) * inputs; i < inputs; i++, at++) block[i * stride + t] = factor * raw[at]!;
    }
    const depth = Math.ceil(size / 2) * 2;
    kernels.subtractProduct(data.byteOffset, block.byteOffset, block.byteOffset, stride, order, order, depth);
  }
  for (let at = 0; at < order * stride; at++) data[at] = -data[at]!;
}
