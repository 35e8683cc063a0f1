import {
  createNetwork,
  createProbe,
  type Matrix,
  type Network,
  objective,
  predictsLabels,
  RunningAccuracy,
  type Samples,
  train,
  watchForWarnings,
  weightsDigest,
} from '@apical/core';
import { learningOptions } from '../config/network-options.ts';
import { ruleOf, ruleOrName } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { ensureRule } from '../rules/load-rule.ts';
import type { Checkpoint } from './checkpoint.ts';
import { accuracies, confusionsOf } from './confusion.ts';
import type { RunData } from './data-sets.ts';
import { learnInTime } from './learn-in-time.ts';
import type { RunEvaluation, RunResult } from './result.ts';
import type { Resumption } from './resumption.ts';

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
  readonly onEvaluation?: (evaluation: RunEvaluation) => Promise<void> | void;
  /** Told, in words, what goes wrong by the theory of the rule, each kind once. */
  readonly onWarning?: ((kind: string, text: string) => void) | undefined;
}

/** Who keeps checkpoints. */
export interface CheckpointKeeper {
  /** Asked several times a second whether it is time for one. */
  due(): boolean;
  keep(checkpoint: Checkpoint): void;
  /** Told where the run stands when it has learned all its samples. */
  readonly end?: ((checkpoint: Checkpoint) => void) | undefined;
}

/**
 * Does one run on data that is loaded already, in this thread.
 *
 * @throws InputError for settings that the data set does not allow, and a rule's module that has changed; DivergenceError; the signal's reason, after a checkpoint
 */
export async function learn(config: RunConfig, data: RunData, options: LearnOptions = {}): Promise<RunResult> {
  const { initial, seed, order, evaluateAt, probes } = config;
  const { samples } = data;
  const { weights, from, checkpoints, signal, onProgress, onEvaluation, onWarning } = options;
  const start = performance.now() - 1000 * (from?.seconds ?? 0);
  const secondsSoFar = () => (performance.now() - start) / 1000;
  await ensureRule(config);
  const rule = ruleOf(config);
  if (rule?.time !== undefined) return await learnInTime(config, rule, options);
  const network = await createNetwork({
    rule: ruleOrName(config),
    inputs: samples.inputs,
    labels: samples.labels,
    ...learningOptions(config),
    initial,
    seed,
    ...(weights && { weights }),
    ...(samples.memory && { memory: samples.memory }),
  });
  const running = config.running ? new RunningAccuracy(from?.running) : undefined;
  const stand = (): Checkpoint => ({
    samples: network.samplesSeen,
    seconds: secondsSoFar(),
    ...(running && { running: running.counts }),
    snapshot: network.snapshot(),
  });
  const keepCheckpoint = () => checkpoints?.keep(stand());
  try {
    if (from) network.restore(from.snapshot);
    const warnings: Record<string, string> = { ...from?.warnings };
    const warn = warner(network, samples, warnings, onWarning);
    // Where it goes on, that was done when it began.
    if (!from) warn();
    const evaluations: RunEvaluation[] = [...(from?.evaluations ?? [])];
    const instruments = await Promise.all(probes.map((name) => createProbe(name, network, samples)));
    const { test } = data.splits;
    if (config.data.labels === 'numbers' && test && predictsLabels(network.blueprint.rule.shape)) {
      instruments.push(() => ({
        'held-out': objective(network, test),
        ...(test.count > 1 && { 'held-out.r2': network.score(test) }),
      }));
    }
    let last = Number.NaN;
    let confusion: RunResult['confusion'] = {};
    for await (const evaluation of train(network, samples, {
      samples: config.samples,
      order,
      seed,
      probes: instruments,
      ...(running && { running }),
      evaluateAt: evaluateAt.at(-1) === config.samples ? evaluateAt : [...evaluateAt, config.samples],
      ...(signal && { signal }),
      onProgress: (samplesSeen) => {
        onProgress?.(samplesSeen);
        if (checkpoints?.due()) keepCheckpoint();
      },
    })) {
      warn();
      last = evaluation.objective;
      confusion = confusionsOf(network, config.accuracy, data.splits);
      if (!evaluateAt.includes(evaluation.samples)) continue;
      const { running: share, ...measured } = evaluation;
      const complete = { ...measured, ...accuracies(confusion, share) };
      evaluations.push(complete);
      await onEvaluation?.(complete);
    }
    checkpoints?.end?.(stand());
    const final = network.weights();
    const seconds = secondsSoFar();
    const weightsSha256 = await weightsDigest(final);
    return {
      ...{ config, evaluations, objective: last, confusion, weights: final, weightsSha256, seconds },
      ...(Object.keys(warnings).length > 0 && { warnings }),
    };
  } catch (error) {
    if (signal?.aborted && error === signal.reason) keepCheckpoint();
    throw error;
  } finally {
    network.dispose();
  }
}

/** Tells, and takes down, once, what goes wrong by the theory of the network's rule. */
function warner(
  network: Network,
  samples: Samples,
  warnings: Record<string, string>,
  tell: LearnOptions['onWarning'],
): () => void {
  const found = watchForWarnings(network, samples, Object.keys(warnings));
  return () => {
    for (const { kind, text } of found()) {
      warnings[kind] = `after ${network.samplesSeen.toLocaleString('en')} samples: ${text}`;
      tell?.(kind, warnings[kind]);
    }
  };
}
