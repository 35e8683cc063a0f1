import { createNetwork, type Matrix, RandomStream } from '@apical/core';
import type { ImageSamples } from '@apical/data';
import { mnistSamples, randomSamples } from '../images.ts';
import { networkOptions } from './network-options.ts';
import type { Shape } from './shapes.ts';

/** Random images are few enough to be made in a second, and too many to stay in a processor's cache as float32. */
const randomImages = 4096;

/** A shape with all that determines what is learned: every implementation gets the same. */
export interface Problem {
  readonly shape: Shape;
  readonly samples: ImageSamples;
  /** The order of an epoch, which every epoch repeats. */
  readonly order: Uint32Array;
  /** The weights that everyone starts from, and the running mean z̄ of hidden units that have one. */
  readonly weights: Readonly<Record<string, Matrix>>;
}

/** The problem of a shape, the same at each call. */
export async function createProblem(shape: Shape): Promise<Problem> {
  const samples = shape.images === 'mnist' ? await mnistSamples() : randomSamples(randomImages, shape.m);
  const order = new RandomStream(1, 'order').permutation(samples.count);
  const { ratesBefore } = shape;
  const network = await createNetwork(
    networkOptions({ ...shape, ...(ratesBefore && { rates: ratesBefore }) }, samples),
  );
  if (ratesBefore) network.learnSamples(samples, order);
  return { shape, samples, order, weights: network.weights() };
}

/** Numbers of the samples at positions first … first + count − 1 of the endless sequence of epochs. */
export function sampleNumbers(order: Uint32Array, first: number, count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, i) => order[(first + i) % order.length]!);
}
