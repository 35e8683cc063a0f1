import { type ClassLabels, classTargets, InputError, type Samples } from 'apical';
import type { ImageSet } from './image-set.ts';

/** How bytes become inputs, and classes labels. */
export interface Preprocessing {
  /**
   * `raw`: the byte p itself; `unit`: p / 255; `unit-length`: p / ‖p‖, every image scaled to length 1; `standardised`:
   * (p − μ) / σ, with one mean μ and one (population) standard deviation σ over all pixels and images of the set that is
   * learned.
   */
  readonly inputs: 'raw' | 'unit' | 'unit-length' | 'standardised';
  readonly labels: ClassLabels;
}

/**
 * Makes samples to learn from images: inputs of height · width · channels numbers, labels of one number a class. The
 * pixels are not copied.
 *
 * @param learned the images that are learned, whose mean and standard deviation `standardised` takes. To measure on images
 *   held out what was learned from others, give those: the held-out ones have no part in their own scaling. Default: `images`
 * @throws InputError if the inputs are to be standardised but all pixels are the same, or for an unknown way
 */
export function preprocess(images: ImageSet, { inputs, labels }: Preprocessing, learned: ImageSet = images): Samples {
  const { height, width, channels } = images.shape;
  return {
    count: images.count,
    inputs: height * width * channels,
    labels: images.classNames.length,
    pixels: images.pixels,
    ...normalisation(images, inputs, learned),
    classes: images.classes,
    targets: classTargets(images.classNames.length, labels),
  };
}

/** The scale and offset of x = scale · p + offset. */
function normalisation(
  images: ImageSet,
  inputs: Preprocessing['inputs'],
  learned: ImageSet,
): Pick<Samples, 'scale' | 'offset'> {
  switch (inputs) {
    case 'raw':
      return { scale: 1, offset: 0 };
    case 'unit':
      return { scale: 1 / 255, offset: 0 };
    case 'unit-length':
      return { scale: inverseLengths(images), offset: 0 };
    case 'standardised': {
      const { mean, sd } = moments(learned.pixels);
      if (!(sd > 0)) {
        throw new InputError(`${learned.name}: all pixels are the same, so the inputs cannot be standardised`);
      }
      return { scale: 1 / sd, offset: -mean / sd };
    }
    default:
      throw new InputError(`unknown inputs "${inputs}": choose raw, unit, unit-length or standardised`);
  }
}

/** 1 / ‖p‖ of every image; 1 for one that is black everywhere, which stays so. */
function inverseLengths({ count, pixels }: ImageSet): Float64Array {
  const inputs = pixels.length / count;
  return Float64Array.from({ length: count }, (_, image) => {
    let square = 0;
    for (const p of pixels.subarray(image * inputs, (image + 1) * inputs)) square += p * p;
    return square === 0 ? 1 : 1 / Math.sqrt(square);
  });
}

/** The mean and population standard deviation, from exact integer sums, so that they do not depend on any order. */
function moments(pixels: Uint8Array): { mean: number; sd: number } {
  const histogram = new Float64Array(256);
  for (const pixel of pixels) histogram[pixel]! += 1;
  let sum = 0n;
  let sumOfSquares = 0n;
  histogram.forEach((times, value) => {
    sum += BigInt(times) * BigInt(value);
    sumOfSquares += BigInt(times) * BigInt(value * value);
  });
  const n = BigInt(pixels.length);
  return { mean: Number(sum) / pixels.length, sd: Math.sqrt(Number(n * sumOfSquares - sum * sum)) / pixels.length };
}
