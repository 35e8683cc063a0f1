import { createNetwork, type NetworkOptions, RandomStream } from '@apical/core';
import { type ImageSamples, loadImages, preprocess } from '@apical/data';
import { randomImageSet, randomImages } from '../images.ts';
import type { Problem } from '../race/problem.ts';
import type { LayersShape } from './shapes.ts';

/** The problem of a shape, the same at each call: inputs are p / 255, labels one-hot. */
export async function createLayersProblem(shape: LayersShape): Promise<Problem> {
  const { rule, sizes, activation, output, batch, rates, steps = 0, images } = shape;
  const set =
    images === 'mnist' ? await loadImages({ set: 'mnist', split: 'test' }) : randomImageSet(randomImages, sizes[0]!);
  const samples: ImageSamples = preprocess(set, { inputs: 'unit', labels: 'one-hot' });
  const network = await createNetwork(layersOptions(shape));
  return {
    settings: {
      ...{ rule, activation, output, batch, steps, sizes: sizes.join(',') },
      ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [`rate${name}`, rate])),
    },
    samples,
    order: new RandomStream(1, 'order').permutation(samples.count),
    weights: network.weights(),
    timed: shape.timed,
  };
}

/** apical's options for a shape. */
export function layersOptions({
  rule,
  sizes,
  activation,
  output,
  batch,
  rates,
  steps,
}: Omit<LayersShape, 'images' | 'timed'>): NetworkOptions {
  return {
    rule,
    inputs: sizes[0]!,
    hidden: sizes.slice(1, -1),
    labels: sizes.at(-1)!,
    activation,
    ...(output !== 'linear' && { output }),
    // Units of one hidden layer with linear outputs have none by default.
    biases: true,
    batch,
    rates: Object.fromEntries(Object.entries(rates).map(([name, eta0]) => [name, { eta0 }])),
    ...(steps && { parameters: { steps, gamma: 1 / 16 } }),
    seed: 1,
  };
}
