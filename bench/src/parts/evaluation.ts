import { createNetwork, objective } from 'apical';
import { mnistSamples } from '../images.ts';
import { networkOptions } from '../race/network-options.ts';
import { type Patience, repeatable, secondsEach } from '../repeated.ts';

/** Objective (1) over MNIST's 10,000 test images, mean-subtracted ReLU. */
export interface EvaluationResult {
  readonly k: number;
  readonly milliseconds: number;
  /** 10⁹ operations a second, those on inputs that are zero included: 2 T (m k + k n) operations in all. */
  readonly gigaflops: number;
}

export async function measureEvaluation(hidden: readonly number[], patience: Patience): Promise<EvaluationResult[]> {
  const samples = await mnistSamples();
  const networks = await Promise.all(
    hidden.map((k) =>
      createNetwork(networkOptions({ rule: 'backprop', k, activation: 'relu', rates: { W1: 1, W2: 1 } }, samples)),
    ),
  );
  const actions = networks.map((network) => repeatable(() => void objective(network, samples)));
  const times = await secondsEach(actions, patience);
  return hidden.map((k, i) => {
    const seconds = times[i]!.median;
    const operations = 2 * samples.count * k * (samples.inputs + samples.labels);
    return { k, milliseconds: 1000 * seconds, gigaflops: operations / seconds / 1e9 };
  });
}
