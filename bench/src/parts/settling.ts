import type { ActivationFunction } from '@apical/core';
import { mnistSamples } from '../images.ts';
import { learning } from '../learning.ts';
import { type Patience, type Repeatable, secondsEach } from '../repeated.ts';

/** A network that settles, and one that learns by backprop. */
export interface SettlingShape {
  readonly hidden: readonly number[];
  readonly activation: ActivationFunction;
  /** How many samples are learned at once. */
  readonly batch: number;
  /** How often value cells step for a sample. */
  readonly steps: number;
}

/** What predictive coding takes beside backprop, on MNIST's test images. */
export interface SettlingResult extends SettlingShape {
  /** Microseconds a sample: the median. */
  readonly microseconds: { readonly backprop: number; readonly predictiveCoding: number };
}

/** The networks of the published runs, and one that learns a sample at a time. */
export const settlingShapes: readonly SettlingShape[] = [
  { hidden: [256, 256], activation: 'relu', batch: 500, steps: 20 },
  { hidden: [32, 16], activation: 'tanh', batch: 200, steps: 5 },
  { hidden: [128, 128, 128], activation: 'relu', batch: 50, steps: 20 },
  { hidden: [128, 128], activation: 'tanh', batch: 1, steps: 20 },
];

/** Of each network both rules in turns, so that what disturbs the machine disturbs both. */
export async function measureSettling(patience: Patience): Promise<SettlingResult[]> {
  const samples = await mnistSamples();
  const results: SettlingResult[] = [];
  for (const shape of settlingShapes) {
    const { hidden, activation, batch, steps } = shape;
    const contestant = async (rule: 'backprop' | 'predictive-coding'): Promise<Repeatable> => {
      const learn = await learning(
        {
          ...{ rule, inputs: samples.inputs, labels: samples.labels, hidden, activation, batch, seed: 1 },
          ...(rule === 'predictive-coding' && { parameters: { steps, gamma: 0.05 } }),
          rates: { W: { eta0: 1e-6 } },
        },
        samples,
      );
      return (times) => learn(times * batch);
    };
    const [backprop, predictiveCoding] = await secondsEach(
      [await contestant('backprop'), await contestant('predictive-coding')],
      patience,
    );
    const each = (batchSeconds: number) => (1e6 * batchSeconds) / batch;
    results.push({
      ...shape,
      microseconds: { backprop: each(backprop!.median), predictiveCoding: each(predictiveCoding!.median) },
    });
  }
  return results;
}

/** How long a sample of predictive coding takes, as a part of as many passes of backprop as it has steps. */
export function shareOfPasses({ steps, microseconds: { backprop, predictiveCoding } }: SettlingResult): number {
  return predictiveCoding / (steps * backprop);
}
