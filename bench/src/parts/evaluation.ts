import { accuracy, createNetwork, objective } from '@apical/core';
import { mnistSamples } from '../images.ts';
import { networkOptions } from '../race/network-options.ts';
import { type Patience, repeatable, secondsEach } from '../repeated.ts';

/** Evaluation over MNIST's 10,000 test images, mean-subtracted ReLU. */
export interface EvaluationResult {
  /** Objective (1), or the accuracy of classification. */
  readonly what: 'objective' | 'accuracy';
  readonly k: number;
  readonly milliseconds: number;
  /** 10⁹ operations a second, those on inputs that are zero included: 2 T (m k + k n) operations in all. */
  readonly gigaflops: number;
}

const functions = { objective, accuracy };

export async function measureEvaluation(hidden: readonly number[], patience: Patience): Promise<EvaluationResult[]> {
  const samples = await mnistSamples();
  const evaluations = [];
  for (const k of hidden) {
    const shape = { rule: 'backprop', k, activation: 'relu', rates: { W1: 1, W2: 1 } } as const;
    const network = await createNetwork(networkOptions(shape, samples));
    for (const what of ['objective', 'accuracy'] as const) {
      evaluations.push({ what, k, action: repeatable(() => void functions[what](network, samples)) });
    }
  }
  const times = await secondsEach(
    evaluations.map(({ action }) => action),
    patience,
  );
  return evaluations.map(({ what, k }, i) => {
    const seconds = times[i]!.median;
    const operations = 2 * samples.count * k * (samples.inputs + samples.labels);
    return { what, k, milliseconds: 1000 * seconds, gigaflops: operations / seconds / 1e9 };
  });
}
