import { DivergenceError, InputError } from '../errors.ts';
import { EventLoop } from '../event-loop.ts';
import type { Network } from '../network/network.ts';
import { type Order, Presentation } from '../random/order.ts';
import type { Samples } from '../samples.ts';
import { objective } from './objective.ts';

/** How many samples to learn between two looks at the clock and the abort signal. */
const chunk = 1024;

export interface TrainOptions {
  /** How many samples the network shall have seen at the end. */
  readonly samples: number;
  /** Whether every epoch presents the samples in the same order (the default), or in a new one. */
  readonly order?: Order;
  /** Determines the order. Default 0. */
  readonly seed?: number;
  /** After how many samples to evaluate, ascending; points that the network is beyond are left out. */
  readonly evaluateAt?: readonly number[];
  /** What else to read off the network at each evaluation: see `createProbe`. */
  readonly probes?: readonly (() => Record<string, number>)[];
  /** Stops the training: the generator then throws the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told now and then how many samples the network has seen. */
  readonly onProgress?: (samplesSeen: number) => void;
}

/** What was measured after so many samples. */
export interface Evaluation {
  readonly samples: number;
  /** Objective (1) over the whole data set: see `objective`. */
  readonly objective: number;
  /** What the probes read, where there are any. */
  readonly probes?: Readonly<Record<string, number>>;
}

/**
 * Online training: presents the samples one at a time and yields an evaluation at each of the points asked for. It goes on
 * from where the network is: the order of presentation depends only on the seed and on `network.samplesSeen`. Gives the
 * event loop its turn several times a second.
 *
 * @throws InputError for evaluation points that do not ascend or lie beyond the end; DivergenceError; the signal's reason
 */
export async function* train(
  network: Network,
  samples: Samples,
  options: TrainOptions,
): AsyncGenerator<Evaluation, void, void> {
  const { samples: end, evaluateAt = [], probes = [], signal, onProgress } = options;
  checkCounts(end, evaluateAt);
  const presentation = new Presentation(samples.count, options.order ?? 'repeated', options.seed ?? 0);
  const eventLoop = new EventLoop();
  const stops = new Set([...evaluateAt.filter((at) => at >= network.samplesSeen), end]);
  for (const stop of stops) {
    while (network.samplesSeen < stop) {
      signal?.throwIfAborted();
      network.learnSamples(
        samples,
        presentation.from(network.samplesSeen, Math.min(chunk, stop - network.samplesSeen)),
      );
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
      ...(probes.length > 0 && { probes: readings }),
    };
  }
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
