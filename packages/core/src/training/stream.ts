import { checkOptions } from '../check-options.ts';
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

const learnStreamOptions: readonly string[] = ['labels', 'signal', 'onProgress'] satisfies (keyof LearnStreamOptions)[];

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
  checkOptions('learnStream', { signal, onProgress, ...labels }, learnStreamOptions);
  const start = network.samplesSeen;
  const eventLoop = new EventLoop();
  let item = 0;
  for await (const each of source) {
    signal?.throwIfAborted();
    try {
      checkItem(each);
      const { x, y } = each;
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
  network.checkRest();
  onProgress?.(network.samplesSeen);
  return network.samplesSeen - start;
}

/** @throws InputError for an item that has not x and y */
function checkItem(item: unknown): asserts item is StreamItem {
  const found = typeof item === 'object' && item !== null ? item : undefined;
  if (found && 'x' in found && 'y' in found) return;
  const keys = found && !('length' in found) ? Object.keys(found).join(', ') || 'nothing' : undefined;
  const instead = keys ?? (found ? 'an array' : item === null ? 'null' : `a ${typeof item}`);
  throw new InputError(
    `it is ${keys === undefined ? instead : `an object of ${instead}`}; items are objects of x and y, { x, y }`,
  );
}
