import type { Samples } from '../samples.ts';
import type { Network } from './network.ts';
import type { Observer } from './observer.ts';
import { blockSamples } from './sources.ts';

/**
 * Reads something off what a rule does with the first 256 samples of a data set (or all, where there are fewer), at the present weights.
 * Noise is the same at every look; nothing is learned.
 */
export function observeFirst<Result>(
  network: Network,
  samples: Samples,
  read: (observer: Observer, count: number) => Result,
): Result {
  const count = Math.min(blockSamples, samples.count);
  const observer = network.observer();
  try {
    network.observe(observer, samples, 0, count);
    return read(observer, count);
  } finally {
    observer.dispose();
  }
}
