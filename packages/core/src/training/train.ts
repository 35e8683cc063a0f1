import { checkOptions } from '../check-options.ts';
import { DivergenceError, InputError } from '../errors.ts';
import { EventLoop } from '../event-loop.ts';
import type { Network } from '../network/network.ts';
import { batchEnd, checkBatch, checkBatchEnd } from '../random/batches.ts';
import { type Order, Presentation } from '../random/order.ts';
import type { Samples } from '../samples.ts';
import { objective } from './objective.ts';
import type { RunningAccuracy } from './running-accuracy.ts';

/** How many samples to learn between two looks at the clock and the abort signal; where batches are larger, one batch. */
const chunk = 1024;

export interface TrainOptions {
  /** How many samples the network shall have seen at the end: the end of a batch. */
  readonly samples: number;
  /** Whether every epoch presents the samples in the same random order (the default), in a new one, or as they are given. */
  readonly order?: Order;
  /** Determines the order. Default 0. */
  readonly seed?: number;
  /** After how many samples to evaluate, ascending, each the end of a batch; points that the network is beyond are left out. */
  readonly evaluateAt?: readonly number[];
  /** What else to read off the network at each evaluation: see `createProbe`. */
  readonly probes?: readonly (() => Record<string, number>)[];
  /** Counts how many samples are classified right as they come; a count that is told at each evaluation. */
  readonly running?: RunningAccuracy;
  /** Stops the training: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told now and then how many samples the network has seen. */
  readonly onProgress?: (samplesSeen: number) => void;
}

/** All options, so that the compiler tells where one is missing here. */
const trainOptions: Readonly<Record<keyof TrainOptions, true>> = {
  samples: true,
  order: true,
  seed: true,
  evaluateAt: true,
  probes: true,
  running: true,
  signal: true,
  onProgress: true,
};

/** What was measured after so many samples. */
export interface Evaluation {
  readonly samples: number;
  /** The mean loss over the whole data set, of squared error objective (1); of rules that predict no labels their own: see `objective`. */
  readonly objective: number;
  /** The running accuracy since the evaluation before, where it is counted. */
  readonly running?: number;
  /** What the probes read, where there are any. */
  readonly probes?: Readonly<Record<string, number>>;
}

/**
 * Training: presents the samples, one or a batch at a time as the network learns them, and yields an evaluation at each of the points
 * asked for. It goes on from where the network is: the order of presentation depends only on the seed and on `network.samplesSeen`. A
 * batch never has samples of two epochs: the last of an epoch is smaller where the data set is no multiple of it. Gives the event loop
 * its turn several times a second, between batches.
 *
 * @throws InputError for evaluation points that do not ascend, lie beyond the end, or inside a batch, an end inside a batch, and
 *   batches larger than the data set; DivergenceError; the signal's reason
 */
export async function* train(
  network: Network,
  samples: Samples,
  options: TrainOptions,
): AsyncGenerator<Evaluation, void, void> {
  checkOptions('train', options, Object.keys(trainOptions));
  const { samples: end, evaluateAt = [], probes = [], running, signal, onProgress } = options;
  const { batch = 1 } = network;
  const { count } = samples;
  checkCounts(end, evaluateAt);
  checkBatches([...evaluateAt, end], count, batch);
  const presentation = new Presentation(count, options.order ?? 'repeated', options.seed ?? 0);
  const eventLoop = new EventLoop();
  const stops = new Set([...evaluateAt.filter((at) => at >= network.samplesSeen), end]);
  for (const stop of stops) {
    while (network.samplesSeen < stop) {
      signal?.throwIfAborted();
      const { samplesSeen } = network;
      // A network that was stopped inside a batch ends it first.
      const begun = batchEnd(samplesSeen, count, batch);
      const next = begun > samplesSeen ? begun : batchEnd(samplesSeen + Math.max(1, chunk - batch + 1), count, batch);
      // What is counted is what the network makes of a batch before it learns it.
      const most = running ? batchEnd(samplesSeen + 1, count, batch) : next;
      const numbers = presentation.from(samplesSeen, Math.min(stop, most) - samplesSeen);
      running?.look(network, samples, numbers);
      network.learnSamples(samples, numbers);
      if (eventLoop.waits) {
        onProgress?.(network.samplesSeen);
        await eventLoop.turn();
      }
    }
    if (!evaluateAt.includes(stop)) continue;
    const value = objective(network, samples);
    if (!Number.isFinite(value)) throw new DivergenceError(stop, network.rule);
    const readings = Object.assign({}, ...probes.map((probe) => probe()));
    yield {
      samples: stop,
      objective: value,
      ...(running && { running: running.tell() }),
      ...(probes.length > 0 && { probes: readings }),
    };
  }
  network.checkRest();
  onProgress?.(network.samplesSeen);
}

function checkCounts(end: number, evaluateAt: readonly number[]): void {
  if (!Number.isSafeInteger(end) || end < 0) {
    throw new InputError(`the number of samples must be a whole number, zero or more, not ${end}`);
  }
  let last = -1;
  for (const at of evaluateAt) {
    if (!Number.isSafeInteger(at) || at <= last || at > end) {
      throw new InputError(`evaluation points must be whole numbers that ascend to at most ${end}; ${at} is not`);
    }
    last = at;
  }
}

/** @param stops where learning stops: evaluation points, and the end */
function checkBatches(stops: readonly number[], count: number, batch: number): void {
  checkBatch(count, batch);
  const [end] = stops.slice(-1);
  for (const stop of stops) checkBatchEnd(stop === end ? 'the end' : 'evaluation points', stop, count, batch);
}
