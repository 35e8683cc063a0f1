import { DivergenceError, InputError } from '../errors.ts';
import { EventLoop } from '../event-loop.ts';
import type { PartialFitOptions } from '../network/estimator.ts';
import type { Network } from '../network/network.ts';

/** What a stream brings at a time: one sample, or some. */
export interface StreamItem {
  /** m numbers, or T × m row-major. */
  readonly x: ArrayLike<number>;
  /** The label, n numbers, or T × n row-major; or, where n > 1, the class number, or T of them. */
  readonly y: ArrayLike<number> | number;
}

export interface LearnStreamOptions extends PartialFitOptions {
  /** Stops it when the next item has come: the promise is then rejected with the signal's reason, and the source is ended. */
  readonly signal?: AbortSignal;
  /** Told now and then how many samples the network has seen. */
  readonly onProgress?: (samplesSeen: number) => void;
}

/**
 * Learns what a source brings, in its order, until it ends: an array, a generator, a Node.js or web stream of objects, or
 * any other (async) iterable. Nothing is kept of what was learned, so the source may be endless, and larger than memory. Each item
 * is learned as `network.partialFit` learns it: the samples of one item in batches of the network's `batch`, the last of them smaller
 * where they are no multiple. Where a network learns one sample at a time, it does not matter how samples are divided into items.
 *
 * @returns how many samples were learned
 * @throws InputError, with the number of the item, for those that do not fit the network; DivergenceError; the signal's
 *   reason; what the source throws. What came before has been learned.
 */
export async function learnStream(
  network: Network,
  source: Iterable<StreamItem> | AsyncIterable<StreamItem>,
  { signal, onProgress, ...labels }: LearnStreamOptions = {},
): Promise<number> {
  const start = network.samplesSeen;
  const eventLoop = new EventLoop();
  let item = 0;
  for await (const { x, y } of source) {
    signal?.throwIfAborted();
    try {
      network.partialFit(x, typeof y === 'number' ? [y] : y, labels);
    } catch (error) {
      if (!(error instanceof InputError) || error instanceof DivergenceError) throw error;
      throw new InputError(`item ${item} of the stream: ${error.message}`, { cause: error });
    }
    item++;
    if (eventLoop.waits) {
      onProgress?.(network.samplesSeen);
      await eventLoop.turn();
    }
  }
  onProgress?.(network.samplesSeen);
  return network.samplesSeen - start;
}
