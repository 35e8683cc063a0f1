import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { createNetwork, InputError, layersOf, type Matrix, RandomStream } from '@apical/core';
import { type ImageSamples, loadImages, type PixelPreprocessing, preprocess } from '@apical/data';
import { figure3Config, panelNames, type RunConfig, table1Config, widths } from '@apical/experiments';
import { sampleNumbers } from '../race/sample-numbers.ts';
import { relativeError } from '../statistics.ts';
import type { PlainRun, PlainWeights } from './plain-run.ts';

/** How far the weights of a run of the paper are from those of the same equations in float64, after so many samples. */
export interface AccuracyResult {
  readonly rule: 'bmvr' | 'backprop';
  /** The data set. */
  readonly set: string;
  readonly m: number;
  readonly k: number;
  readonly activation: RunConfig['activation'];
  readonly samples: number;
  /** The largest difference as a part of the largest entry, over all weight matrices. */
  readonly apical: number;
  /** The same of plain JavaScript in float32: what a computation in this precision has to lose. */
  readonly js: number;
}

/**
 * Runs of Figure 3 and Table 1, at their rates and from their first weights, beside float64.
 *
 * @param linear after how many samples the weights of Figure 3's runs are compared, ascending; those of CIFAR after a hundred thousand at most
 * @param rectified the same of Table 1's
 * @param note told of data sets that are not there
 */
export async function measureAccuracy(
  linear: readonly number[],
  rectified: readonly number[],
  note: (text: string) => void,
  onProgress: (text: string) => void,
): Promise<AccuracyResult[]> {
  const runs = (['bmvr', 'backprop'] as const).flatMap((rule) => [
    ...panelNames.map((panel) => {
      const config = figure3Config(panel, rule, 1);
      return { rule, config, checkpoints: linear.filter((samples) => samples <= mostSamples(config)) };
    }),
    ...widths.map((width) => ({
      rule,
      config: table1Config('paper', width, rule, { seed: 1 }),
      checkpoints: rectified,
    })),
  ]);
  const results: AccuracyResult[] = [];
  const missing = new Set<string>();
  for (const { rule, config, checkpoints } of runs) {
    const samples = await samplesOf(config);
    if (typeof samples === 'string') missing.add(samples);
    else {
      onProgress(`accuracy: ${rule}, ${config.data.set}, k = ${config.hidden}, ${checkpoints.at(-1)} samples`);
      results.push(...(await compared(rule, config, samples, checkpoints)));
    }
  }
  for (const reason of missing) note(`Accuracy on a data set is left out: ${reason}`);
  return results;
}

/** A sample of CIFAR takes plain loops up to a millisecond: a million would take a quarter of an hour. */
function mostSamples({ data }: RunConfig): number {
  return data.set.startsWith('cifar') ? 1e5 : Number.POSITIVE_INFINITY;
}

/** The data that a run learns; why not, where they are not there. */
async function samplesOf({ data }: RunConfig): Promise<ImageSamples | string> {
  try {
    return preprocess(await loadImages(data), data as PixelPreprocessing);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** The plain networks learn in threads of their own, each at one precision, for V8 is far slower where both go through the same loops. */
async function compared(
  rule: AccuracyResult['rule'],
  config: RunConfig,
  samples: ImageSamples,
  checkpoints: readonly number[],
): Promise<AccuracyResult[]> {
  const { hidden, activation, meanRate = 0, ridge, rates, initial, decoupled, seed } = config;
  const network = await createNetwork({
    ...{
      rule,
      inputs: samples.inputs,
      labels: samples.labels,
      hidden,
      activation,
      ridge,
      rates,
      initial,
      decoupled,
      seed,
    },
    ...(meanRate > 0 && { meanRate }),
  });
  const order = new RandomStream(seed, 'order').permutation(samples.count);
  const k = layersOf(hidden)[0]!;
  const task = { rule, config, samples, hidden: k, begin: arraysOf(network.weights()), order, checkpoints };
  const plain = Promise.all([
    learnPlainly({ ...task, precision: 'double' }),
    learnPlainly({ ...task, precision: 'single' }),
  ]);
  const own = checkpoints.map((checkpoint) => {
    network.learnSamples(samples, sampleNumbers(order, network.samplesSeen, checkpoint - network.samplesSeen));
    return arraysOf(network.weights());
  });
  const [truth, single] = await plain;
  const names = Object.keys(task.begin).filter((name) => name !== 'zbar');
  const errorOf = (weights: PlainWeights, expected: PlainWeights) =>
    Math.max(...names.map((name) => relativeError(weights[name]!, expected[name]!)));
  return checkpoints.map((checkpoint, i) => ({
    ...{ rule, set: config.data.set, m: samples.inputs, k, activation, samples: checkpoint },
    apical: errorOf(own[i]!, truth[i]!),
    js: errorOf(single[i]!, truth[i]!),
  }));
}

function arraysOf(weights: Record<string, Matrix>): Record<string, Float32Array> {
  return Object.fromEntries(Object.entries(weights).map(([name, { data }]) => [name, data]));
}

/** Does it in a thread of its own. @throws Error if that fails */
async function learnPlainly(task: PlainRun): Promise<PlainWeights[]> {
  const worker = new Worker(new URL('./plain-run.ts', import.meta.url), { workerData: task });
  const [weights] = await once(worker, 'message');
  return weights as PlainWeights[];
}
