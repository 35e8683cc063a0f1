import { createNetwork, createProbe, type Matrix, train, weightsDigest } from 'apical';
import type { RunConfig } from '../config/run-config.ts';
import { accuracies, confusionsOf } from './confusion.ts';
import type { RunData } from './data-sets.ts';
import type { RunEvaluation, RunResult } from './result.ts';

export interface LearnOptions {
  /** Weights to start from, instead of the config's. */
  readonly weights?: Readonly<Record<string, Matrix>>;
  readonly signal?: AbortSignal;
  /** Told several times a second how many samples have been learned. */
  readonly onProgress?: (samplesSeen: number) => void;
  /** Told of each evaluation; learning goes on when it is done. */
  readonly onEvaluation?: (evaluation: RunEvaluation) => Promise<void> | void;
}

/**
 * Does one run on data that is loaded already, in this thread.
 *
 * @throws InputError for settings that the data set does not allow; DivergenceError; the signal's reason
 */
export async function learn(config: RunConfig, data: RunData, options: LearnOptions = {}): Promise<RunResult> {
  const { rule, hidden, activation, meanRate, decoupled, ridge, rates, initial, seed, order, evaluateAt, probes } =
    config;
  const { samples } = data;
  const { weights, signal, onProgress, onEvaluation } = options;
  const start = performance.now();
  const network = await createNetwork({
    rule,
    inputs: samples.inputs,
    labels: samples.labels,
    hidden,
    activation,
    ...(meanRate !== undefined && { meanRate }),
    decoupled,
    ridge,
    rates,
    initial,
    seed,
    ...(weights && { weights }),
    ...(samples.memory && { memory: samples.memory }),
  });
  try {
    const evaluations: RunEvaluation[] = [];
    const instruments = await Promise.all(probes.map((name) => createProbe(name, network, samples)));
    let objective = Number.NaN;
    let confusion: RunResult['confusion'] = {};
    for await (const evaluation of train(network, samples, {
      samples: config.samples,
      order,
      seed,
      probes: instruments,
      evaluateAt: evaluateAt.at(-1) === config.samples ? evaluateAt : [...evaluateAt, config.samples],
      ...(signal && { signal }),
      ...(onProgress && { onProgress }),
    })) {
      objective = evaluation.objective;
      confusion = confusionsOf(network, config.accuracy, data.splits);
      if (!evaluateAt.includes(evaluation.samples)) continue;
      const complete = { ...evaluation, ...accuracies(confusion) };
      evaluations.push(complete);
      await onEvaluation?.(complete);
    }
    const final = network.weights();
    const seconds = (performance.now() - start) / 1000;
    const weightsSha256 = await weightsDigest(final);
    return { config, evaluations, objective, confusion, weights: final, weightsSha256, seconds };
  } finally {
    network.dispose();
  }
}
