import { findRule, layersOf, type NetworkOptions } from '@apical/core';
import type { ImageSamples } from '@apical/data';
import { mnistSamples, randomSamples } from '../images.ts';
import { learning } from '../learning.ts';
import { networkOptions } from '../race/network-options.ts';
import { type Patience, secondsEach } from '../repeated.ts';

/** apical's time a sample at one size. */
export interface GrowthPoint {
  readonly rule: string;
  readonly m: number;
  readonly k: number;
  readonly activation: string;
  /** The share of pixels that are zero. */
  readonly zeros: number;
  /** Microseconds a sample: the median and the quartiles. */
  readonly microseconds: number;
  readonly quartiles: readonly [number, number];
}

/** How the cost of a sample grows. */
export interface Growth {
  /** With the hidden units: m = 784, MNIST, mean-subtracted ReLU. */
  readonly hidden: readonly GrowthPoint[];
  /** With the inputs: k = 8, random bytes, linear with ridge. */
  readonly inputs: readonly GrowthPoint[];
  /** With the share of pixels that are zero: m = 784, linear with ridge at k = 2 and mean-subtracted ReLU at k = 64. */
  readonly zeros: readonly GrowthPoint[];
}

const rules = ['bmvr', 'backprop'] as const;
const shares = [0, 0.25, 0.5, 0.75, 0.9, 0.97];
const images = 500;
/** So small that nothing diverges at any size. */
const rate = 2 ** -14;

interface Point {
  readonly options: NetworkOptions;
  readonly samples: ImageSamples;
}

/** @param most the largest k; m goes to twelve times as much */
export async function measureGrowth(most: number, patience: Patience): Promise<Growth> {
  const mnist = await mnistSamples();
  const hidden = powers(1, most).flatMap((k) => points(mnist, k, 'relu'));
  const inputs = [196, 392, 784, 1536, 3072, 6144, 12_288]
    .filter((m) => m <= 12 * most)
    .flatMap((m) => points(randomSamples(images, m), 8, 'linear'));
  const zeros = shares.flatMap((share) => {
    const samples = randomSamples(images, 784, share);
    return [...points(samples, 2, 'linear'), ...points(samples, 64, 'relu')];
  });
  return {
    hidden: await measure(hidden, patience),
    inputs: await measure(inputs, patience),
    zeros: await measure(zeros, patience),
  };
}

function points(samples: ImageSamples, k: number, activation: 'linear' | 'relu'): Point[] {
  return rules.map((rule) => {
    const rates = { W1: rate, W2: rate, ...(rule === 'bmvr' && { Q: rate }) };
    return { options: networkOptions({ rule, k, activation, rates }, samples), samples };
  });
}

async function measure(all: readonly Point[], patience: Patience): Promise<GrowthPoint[]> {
  const actions = await Promise.all(all.map(({ options, samples }) => learning(options, samples)));
  const times = await secondsEach(actions, patience);
  return all.map(({ options: { rule: named, hidden, activation = 'linear' }, samples }, i) => {
    const rule = findRule(named).name;
    const { median, quartiles } = times[i]!;
    return {
      ...{ rule, m: samples.inputs, k: layersOf(hidden)[0]!, activation, zeros: shareOfZeros(samples) },
      microseconds: 1e6 * median,
      quartiles: [1e6 * quartiles[0], 1e6 * quartiles[1]],
    };
  });
}

function shareOfZeros({ raw }: ImageSamples): number {
  return raw.reduce((sum, pixel) => sum + (pixel === 0 ? 1 : 0), 0) / raw.length;
}

function powers(first: number, last: number): number[] {
  return first > last ? [] : [first, ...powers(2 * first, last)];
}
