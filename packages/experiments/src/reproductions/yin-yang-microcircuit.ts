import type { RunConfig } from '../config/run-config.ts';

/** Points of the yin-yang that are learned, and others that are tested. */
export const [learned, tested] = [6000, 600];

/** By synapses: learning rates of a millisecond, as published. */
export interface MicrocircuitRates {
  readonly W1: number;
  readonly W2: number;
  readonly WIP: number;
}

/** The rates that the files of the published full simulation have. */
export const simulationRates: MicrocircuitRates = { W1: 6.1, W2: 7.32e-4, WIP: 1.464e-3 };

/**
 * A network of 4 inputs, 120 pyramidal cells and 3 outputs that learns the yin-yang.
 * @param milliseconds by which rates are multiplied: how long a sample is learned, where it is learned in one step
 */
export function microcircuit(
  { W1, W2, WIP }: MicrocircuitRates,
  milliseconds: number,
  own: Pick<RunConfig, 'rule' | 'parameters' | 'samples' | 'evaluateAt' | 'probes'>,
): RunConfig {
  const rate = (each: number) => ({ eta0: each * milliseconds });
  return {
    data: {
      set: `synthetic:yin-yang?samples=${learned + tested}`,
      split: 'train',
      first: learned,
      inputs: 'raw',
      labels: 'one-hot',
    },
    hidden: 120,
    activation: 'sigmoid',
    biases: true,
    decoupled: false,
    ridge: 0,
    // Biases come from a cell of output 1 here, of ½ in the source: half the weights, a quarter of their rate.
    rates: { W1: rate(W1), W2: rate(W2), WIP: rate(WIP), b1: rate(W1 / 4), b2: rate(W2 / 4), bIP: rate(WIP / 4) },
    initial: { W: { uniform: 0.1 }, b: { uniform: 0.05 }, B: { uniform: 1 } },
    order: 'reshuffled',
    accuracy: { test: { split: 'train', from: learned } },
    seed: 1,
    ...own,
    parameters: { gA: 0.28, gSom: 0.34, low: 0.1, high: 1, ...own.parameters },
  };
}
