import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { settlingWarning } from './curvature.ts';
import { stepWarning } from './step-warning.ts';
import { thresholdWarning } from './threshold-warning.ts';

/** What changes with weights and rates, and what does not. */
const [changing, lasting] = [[settlingWarning, stepWarning], [thresholdWarning]];

/**
 * Watches for what the theory of a network's rule says will go wrong with these samples: steps of settling or of learning that are too large,
 * and thresholds that do not suit the data. What is returned tells, in words, what is so at the network's present weights and rates; each kind once.
 */
export function watchForWarnings(network: Network, samples: Samples): () => string[] {
  let left = [...lasting, ...changing];
  return () => {
    const found = left.map((kind) => ({ kind, warning: kind(network, samples) }));
    left = found.flatMap(({ kind, warning }) => (warning === undefined && changing.includes(kind) ? [kind] : []));
    return found.flatMap(({ warning }) => warning ?? []);
  };
}
