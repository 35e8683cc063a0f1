import type { LinearAlgebraKernels } from '../kernels/linear-algebra.ts';
import type { Arena } from '../kernels/memory.ts';
import { type Samples, scaleOf } from '../samples.ts';
import { createTallMatrix, type TallMatrix } from './cholesky.ts';
import { pause } from './pause.ts';

/** How many samples are multiplied at a time: their int16 pixels should stay in the cache, and `addGram` has a limit. */
const blockSamples = 1024;

/** The second moments of inputs and labels over a data set of T samples. */
export interface Moments {
  /** Cxx + λI (m × m, lower triangle), Cxx = X Xᵀ / T; below it, from row `order` on, Cyx = Y Xᵀ / T (n × m). */
  readonly matrix: TallMatrix;
  /** Tr Cyy, the mean of ‖y‖². */
  readonly labelPower: number;
}

/**
 * Computes the second moments of a data set; they are not centred. Where all samples have one scale, the sums over products
 * of pixels are exact, for pixels are bytes; scale, offset and ridge come in afterwards.
 */
export async function moments(
  samples: Samples,
  ridge: number,
  kernels: LinearAlgebraKernels,
  arena: Arena,
  signal?: AbortSignal,
): Promise<Moments> {
  const { count, inputs, labels, offset, targets } = samples;
  const [scale, addProducts] =
    typeof samples.scale === 'number' ? [samples.scale, addPixelProducts] : [1, addScaledProducts];
  const matrix = createTallMatrix(arena, inputs, labels);
  const { data, stride, order } = matrix;
  await addProducts(samples, matrix, kernels, arena, signal);
  const { members, pixelSums } = classSums(samples);

  const totals = new Float64Array(inputs);
  for (const sums of pixelSums) for (let i = 0; i < inputs; i++) totals[i]! += sums[i]!;
  for (let i = 0; i < inputs; i++) {
    const row = data.subarray(i * stride, i * stride + i + 1);
    for (let j = 0; j <= i; j++) {
      row[j] = (scale * scale * row[j]! + scale * offset * (totals[i]! + totals[j]!)) / count + offset * offset;
    }
    row[i]! += ridge;
  }

  let labelPower = 0;
  for (const [classNumber, sums] of pixelSums.entries()) {
    const size = members[classNumber]!;
    for (let label = 0; label < labels; label++) {
      const target = targets[classNumber * labels + label]!;
      labelPower += (size / count) * target * target;
      const row = data.subarray((order + label) * stride, (order + label) * stride + inputs);
      for (let i = 0; i < inputs; i++) row[i]! += (target * (scale * sums[i]! + offset * size)) / count;
    }
  }
  return { matrix, labelPower };
}

/** Σ p pᵀ over the samples' pixels p, block by block. */
async function addPixelProducts(
  { count, inputs, pixels }: Samples,
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
        block[to] = pixels[from]!;
      }
    }
    kernels.addGram(data.byteOffset, stride, block.byteOffset, order, width);
  }
}

/** Σ (s p)(s p)ᵀ over the samples' pixels p, each with a scale s of its own, in float64. */
async function addScaledProducts(
  samples: Samples,
  { data, stride, order }: TallMatrix,
  kernels: LinearAlgebraKernels,
  arena: Arena,
  signal: AbortSignal | undefined,
): Promise<void> {
  const { count, inputs, pixels } = samples;
  const block = arena.float64(order * stride);
  for (let first = 0; first < count; first += order) {
    await pause(signal);
    const size = Math.min(order, count - first);
    block.fill(0);
    for (let t = 0; t < size; t++) {
      const scale = scaleOf(samples, first + t);
      for (let i = 0, at = (first + t) * inputs; i < inputs; i++, at++) block[i * stride + t] = scale * pixels[at]!;
    }
    const depth = Math.ceil(size / 2) * 2;
    kernels.subtractProduct(data.byteOffset, block.byteOffset, block.byteOffset, stride, order, order, depth);
  }
  for (let at = 0; at < order * stride; at++) data[at] = -data[at]!;
}

/** Of every class: how many samples it has, and the sums of their pixels, times their scales where these differ. */
function classSums(samples: Samples) {
  const { count, inputs, labels, pixels, classes, targets } = samples;
  const classCount = targets.length / labels;
  const members = new Float64Array(classCount);
  const pixelSums = Array.from({ length: classCount }, () => new Float64Array(inputs));
  for (let t = 0; t < count; t++) {
    const classNumber = classes[t]!;
    const sums = pixelSums[classNumber]!;
    const factor = typeof samples.scale === 'number' ? 1 : samples.scale[t]!;
    members[classNumber]! += 1;
    for (let i = 0, at = t * inputs; i < inputs; i++, at++) sums[i]! += factor * pixels[at]!;
  }
  return { members, pixelSums };
}
