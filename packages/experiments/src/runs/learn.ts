import { createNetwork, createProbe, type Evaluation, type Matrix, type Samples, train, weightsDigest } from 'apical';
import type { RunConfig } from '../config/run-config.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { RunResult } from './result.ts';
import type { Resumption } from './run-folder.ts';

export interface LearnOptions {
  /** Weights to start from, instead of the config's. */
  readonly weights?: Readonly<Record<string, Matrix>>;
  /** Where to go on from, instead of beginning. */
  readonly from?: Resumption | undefined;
  readonly checkpoints?: CheckpointKeeper | undefined;
  readonly signal?: AbortSignal;
  /** Told several times a second how many samples have been learned. */
  readonly onProgress?: (samplesSeen: number) => void;
  /** Told of each evaluation; learning goes on when it is done. */
  readonly onEvaluation?: (evaluation: Evaluation) => Promise<void> | void;
}

/** Who keeps checkpoints. */
export interface CheckpointKeeper {
  /** Asked several times a second whether it is time for one. */
  due(): boolean;
  keep(checkpoint: Checkpoint): void;
}

/**
 * Does one run on samples that are loaded already, in this thread.
 *
 * @throws InputError for settings that the data set does not allow; DivergenceError; the signal's reason, after a checkpoint
 */
export async function learn(config: RunConfig, samples: Samples, options: LearnOptions = {}): Promise<RunResult> {
  const { rule, hidden, activation, meanRate, decoupled, ridge, rates, initial, seed, order, evaluateAt, probes } =
    config;
  const { weights, from, checkpoints, signal, onProgress, onEvaluation } = options;
  const start = performance.now() - 1000 * (from?.seconds ?? 0);
  const secondsSoFar = () => (performance.now() - start) / 1000;
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
  const keepCheckpoint = () =>
    checkpoints?.keep({ samples: network.samplesSeen, seconds: secondsSoFar(), snapshot: network.snapshot() });
  try {
    if (from) network.restore(from.snapshot);
    const evaluations: Evaluation[] = [...(from?.evaluations ?? [])];
    const instruments = await Promise.all(probes.map((name) => createProbe(name, network, samples)));
    let objective = Number.NaN;
    for await (const evaluation of train(network, samples, {
      samples: config.samples,
      order,
      seed,
      probes: instruments,
      evaluateAt: evaluateAt.at(-1) === config.samples ? evaluateAt : [...evaluateAt, config.samples],
      ...(signal && { signal }),
      onProgress: (samplesSeen) => {
        onProgress?.(samplesSeen);
        if (checkpoints?.due()) keepCheckpoint();
      },
    })) {
      objective = evaluation.objective;
      if (!evaluateAt.includes(evaluation.samples)) continue;
      evaluations.push(evaluation);
      await onEvaluation?.(evaluation);
    }
    const final = network.weights();
    const seconds = secondsSoFar();
    return { config, evaluations, objective, weights: final, weightsSha256: await weightsDigest(final), seconds };
  } catch (error) {
    if (signal?.aborted && error === signal.reason) keepCheckpoint();
    throw error;
  } finally {
    network.dispose();
  }
}
