import { createNetwork, type NetworkOptions, type Samples } from '@apical/core';
import { preprocess } from '@apical/data';
import { expect, test } from 'vitest';
import { randomImageSet } from '../src/images.ts';
import { layersOptions } from '../src/layers/problem.ts';
import { layersShapeName, layersShapes } from '../src/layers/shapes.ts';
import { memoryOf } from '../src/parts/memory.ts';
import { networkOptions } from '../src/race/network-options.ts';
import { shapeName, shapes } from '../src/race/shapes.ts';

// What a run takes of the memory is a count: the same everywhere.

const pageBytes = 65_536;

/** Images as dense, or as sparse, as those of the shape; MNIST's are zero in four pixels of five. */
const imagesLike = (images: 'mnist' | 'random', inputs: number, count = 100) =>
  randomImageSet(count, inputs, images === 'mnist' ? 0.8 : 0);

/** Bytes of a run that learns a batch or two, and of its weights. */
async function measured(samples: Samples, batch: number, optionsFor: (samples: Samples) => NetworkOptions) {
  const weights = (await createNetwork(optionsFor(samples))).weights();
  const order = Uint32Array.from({ length: samples.count }, (_, i) => i);
  return memoryOf({ samples: samples as never, order, weights }, 2 * batch, optionsFor);
}

const networks = [
  ...shapes.map((shape) => {
    const samples = () =>
      preprocess(imagesLike(shape.images, shape.m), { inputs: 'standardised', labels: 'one-hot-centred' });
    return {
      name: shapeName(shape),
      measure: () => measured(samples(), 50, (shared) => networkOptions(shape, shared)),
    };
  }),
  ...layersShapes.map((shape) => {
    const samples = () =>
      preprocess(imagesLike(shape.images, shape.sizes[0]!, 2 * shape.batch), { inputs: 'unit', labels: 'one-hot' });
    return {
      name: layersShapeName(shape),
      measure: () => measured(samples(), shape.batch, () => layersOptions(shape)),
    };
  }),
];

test.each(networks)('a run of $name takes four times its weights at most, its evaluation too', async ({ measure }) => {
  const { run, evaluated, share, weights } = await measure();
  // One that is alone takes a page, however small it is.
  expect(run / Math.max(4 * weights, pageBytes)).toBeLessThanOrEqual(1);
  expect(evaluated / Math.max(4 * weights, pageBytes)).toBeLessThanOrEqual(1);
  expect(share / weights).toBeLessThanOrEqual(4);
});
