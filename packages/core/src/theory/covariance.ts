import type { LinearAlgebraKernels } from '../kernels/linear-algebra.ts';
import type { Arena } from '../kernels/memory.ts';
import type { Samples } from '../samples.ts';
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
 * Computes the second moments of a data set; they are not centred. The sums over products of pixels are exact, for
 * pixels are bytes; scale, offset and ridge come in afterwards.
 */
export async function moments(
  samples: Samples,
  ridge: number,
  kernels: LinearAlgebraKernels,
  arena: Arena,
  signal?: AbortSignal,
): Promise<Moments> {
  const { count, inputs, labels, scale, offset, targets } = samples;
  const matrix = createTallMatrix(arena, inputs, labels);
  const { data, stride, order } = matrix;
  await addPixelProducts(samples, matrix, kernels, arena, signal);
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

/** Of every class: how many samples it has, and the sums of their pixels. */
function classSums({ count, inputs, labels, pixels, classes, targets }: Samples) {
  const classCount = targets.length / labels;
  const members = new Float64Array(classCount);
  const pixelSums = Array.from({ length: classCount }, () => new Float64Array(inputs));
  for (let t = 0; t < count; t++) {
    const classNumber = classes[t]!;
    const sums = pixelSums[classNumber]!;
    members[classNumber]! += 1;
    for (let i = 0, at = t * inputs; i < inputs; i++, at++) sums[i]! += pixels[at]!;
  }
  return { members, pixelSums };
}
