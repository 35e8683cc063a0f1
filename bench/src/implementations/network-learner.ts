import { createNetwork, type Matrix, type NetworkOptions, type Samples } from '@apical/core';
import { readFloats, type Setup } from '../race/setup.ts';
import type { Learner } from './learner.ts';

/** A network of apical that starts from the weights of a problem, through its public functions. */
export async function networkLearner(setup: Setup, options: NetworkOptions, samples: Samples): Promise<Learner> {
  const network = await createNetwork(options);
  const weights = Object.entries(network.weights()).map(([name, { rows, cols }]): [string, Matrix] => [
    name,
    { rows, cols, data: readFloats(setup, `${name}.f32`) },
  ]);
  const learner = await createNetwork({ ...options, weights: Object.fromEntries(weights) });
  return {
    learn: (numbers) => learner.learnSamples(samples, numbers),
    weights: () => Object.fromEntries(Object.entries(learner.weights()).map(([name, { data }]) => [name, data])),
  };
}
