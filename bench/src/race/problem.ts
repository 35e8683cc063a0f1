import { createNetwork, type Matrix, RandomStream, type Samples } from '@apical/core';
import type { ImageSamples } from '@apical/data';
import { mnistSamples, randomImages, randomSamples } from '../images.ts';
import { networkOptions } from './network-options.ts';
import { meanRate, ridge, type Shape } from './shapes.ts';

/** All that determines what is learned: every implementation gets the same. */
export interface Problem<Of extends Samples = Samples> {
  /** What is said of the network, by names without spaces. */
  readonly settings: Readonly<Record<string, string | number>>;
  readonly samples: Of;
  /** The order of an epoch, which every epoch repeats. */
  readonly order: Uint32Array;
  /** The weights that everyone starts from, and the running mean z̄ of hidden units that have one. */
  readonly weights: Readonly<Record<string, Matrix>>;
  /** How many samples are timed in each round. */
  readonly timed: number;
}

/** The problem of a shape, the same at each call. */
export async function createProblem(shape: Shape): Promise<Problem<ImageSamples>> {
  const samples = shape.images === 'mnist' ? await mnistSamples() : randomSamples(randomImages, shape.m);
  const order = new RandomStream(1, 'order').permutation(samples.count);
  const { ratesBefore } = shape;
  const network = await createNetwork(
    networkOptions({ ...shape, ...(ratesBefore && { rates: ratesBefore }) }, samples),
  );
  if (ratesBefore) network.learnSamples(samples, order);
  const { rule, activation, rates, k, batch } = shape;
  return {
    settings: {
      ...{ rule, activation, k },
      ridge: activation === 'linear' ? ridge : 0,
      meanRate: activation === 'relu' ? meanRate : 0,
      ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [`rate${name}`, rate])),
    },
    ...{ samples, order, weights: network.weights(), timed: batch },
  };
}
