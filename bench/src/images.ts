import { RandomStream } from '@apical/core';
import { type ImageSamples, type ImageSet, loadImages, preprocess } from '@apical/data';

const classCount = 10;

/** Random images are few enough to be made in a second, and too many to stay in a processor's cache as float32. */
export const randomImages = 4096;

/** MNIST's test images as Figure 3 of the paper learns them: standardised globally, labels one-hot minus their mean. */
export async function mnistSamples(): Promise<ImageSamples> {
  return asFigure3(await loadImages({ set: 'mnist', split: 'test' }));
}

/** Images of random bytes as Figure 3 of the paper would learn them: see `randomImageSet`. */
export function randomSamples(count: number, inputs: number, zeros = 0): ImageSamples {
  return asFigure3(randomImageSet(count, inputs, zeros));
}

/**
 * Images of random bytes, each with one run of non-zero pixels at a random place and zeros elsewhere; the same for the same
 * numbers.
 *
 * @param zeros the share of pixels that are zero
 */
export function randomImageSet(count: number, inputs: number, zeros = 0): ImageSet {
  const stream = new RandomStream(1, `random images of ${inputs} pixels`);
  const pixels = new Uint8Array(count * inputs);
  const run = Math.round((1 - zeros) * inputs);
  for (let image = 0; image < count; image++) {
    const start = zeros === 0 ? 0 : stream.integer(inputs);
    for (let i = 0; i < run; i++) pixels[image * inputs + ((start + i) % inputs)] = 1 + (stream.uint32() % 255);
  }
  return {
    name: 'random',
    split: 'test',
    count,
    shape: { height: 1, width: inputs, channels: 1 },
    classNames: Array.from({ length: classCount }, (_, i) => `class ${i}`),
    pixels,
    classes: Uint8Array.from({ length: count }, () => stream.integer(classCount)),
    sha256: {},
  };
}

function asFigure3(images: ImageSet): ImageSamples {
  return preprocess(images, { inputs: 'standardised', labels: 'one-hot-centred' });
}
