import type { Rate } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
import { byEpoch, digits, wholeBatches } from './digits.ts';
import type { Expectation, Measure, Point, Reproduction } from './reproduction.ts';

const batch = 128;
const epochs = 20;

/** N(0, 1/(n_in + n_out)) */
const start = { normal: 1, fan: 'sum' } as const;

function contender(rule: string, eta0: number, more: Partial<RunConfig> & { rates?: Record<string, Rate> } = {}) {
  const feedback = rule === 'backprop' ? {} : { B: start };
  const config: RunConfig = {
    ...digits,
    rule,
    data: { ...digits.data, first: wholeBatches },
    hidden: 500,
    activation: 'sigmoid',
    output: 'sigmoid',
    loss: 'cross-entropy',
    batch,
    initial: { W: start, b: start, ...feedback },
    order: 'as-given',
    samples: epochs * wholeBatches,
    evaluateAt: Array.from({ length: epochs }, (_, i) => (i + 1) * wholeBatches),
    ...more,
    // The published program divides by the batch twice where biases learn.
    rates: { W: { eta0 }, b: { eta0: eta0 / batch }, ...more.rates },
  };
  return { label: rule, config };
}

/** The epochs at which values are judged. */
const judged = [3, 5, 10, 20];

/** Test accuracies in per cent by epoch. */
const accuracies: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  backprop: { 1: 88.0, 2: 89.69, 3: 90.58, 5: 91.84, 10: 94.12, 20: 96.23 },
  'feedback-alignment': { 1: 85.49, 2: 88.04, 3: 89.01, 5: 89.88, 10: 90.86, 20: 92.25 },
  'weight-mirror': { 1: 78.48, 2: 84.23, 3: 86.54, 5: 88.48, 10: 90.49, 20: 92.62 },
  'kolen-pollack': { 1: 88.9, 2: 90.65, 3: 91.75, 5: 93.46, 10: 95.41, 20: 97.0 },
};

/** Angles of W2ᵀ and B in degrees, flattened. */
const angles: Readonly<Record<string, Readonly<Record<number, number>>>> = {
  'feedback-alignment': { 1: 40.0, 2: 34.9, 3: 32.6, 5: 30.5, 10: 29.3, 20: 31.2 },
  'weight-mirror': { 1: 61.3, 2: 53.2, 3: 47.3, 5: 38.0, 10: 27.5, 20: 18.7 },
  'kolen-pollack': { 1: 19.7, 2: 17.1, 3: 15.7, 5: 13.9, 10: 11.2, 20: 8.7 },
};

function within(points: readonly Point[], tolerance: number): Expectation[] {
  return points
    .filter(({ samples }) => judged.includes(samples / wholeBatches))
    .map((point) => ({ ...point, within: tolerance }));
}

function measuresOf(measured: string, stored: typeof accuracies, factor: number, tolerance: number): Measure[] {
  return Object.entries(stored).map(([of, values]) => {
    const published = byEpoch(wholeBatches, values).map(({ samples, value }) => ({ samples, value: factor * value }));
    return { of, measured, published, known: 'stored log', expected: within(published, factor * tolerance) };
  });
}

/** B1: backprop, feedback alignment, weight mirrors and Kolen–Pollack on MNIST. */
export const kolenPollack: Reproduction = {
  name: 'kolen-pollack',
  title: 'Deep learning without weight transport, on MNIST',
  says: 'Networks of 784, 500 and 10 sigmoid units learn MNIST by backprop, feedback alignment, weight mirrors and Kolen–Pollack, 20 of the 400 published epochs: accuracy on the test images, and the angle between feedback and forward weights, by epoch.',
  source:
    'Akrout, Wilson, Humphreys, Lillicrap and Tweed, NeurIPS 32 (2019); settings and curves from the logs stored in makrout/Deep-Learning-without-Weight-Transport',
  selectedOn: 'nothing: every epoch is tested, and all are given',
  contenders: [
    contender('backprop', 0.2),
    contender('feedback-alignment', 0.2),
    contender('weight-mirror', 0.05, {
      parameters: { amplitude: 0.1, before: 468 },
      rates: { B: { eta0: 0.01 * batch } },
    }),
    contender('kolen-pollack', 0.3),
  ],
  measures: [
    ...measuresOf('accuracy.test', accuracies, 0.01, 0.6),
    ...measuresOf('alignment.B1.weights', angles, 1, 4),
  ],
  seeds: 2,
  minutes: 8,
  quickSamples: wholeBatches / 4,
  notes: [
    'The images come in the order of the file, and the last 96 are left out, as in the published program.',
    'Rates are of the mean over a batch; biases learn at 1/128 of the rate of weights: the published program divides by the batch twice there.',
    'No weights decay, as in the published runs.',
  ],
};
