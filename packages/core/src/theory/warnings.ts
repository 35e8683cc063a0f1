import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { settlingWarning } from './curvature.ts';
import { stepWarning } from './step-warning.ts';
import { thresholdWarning } from './threshold-warning.ts';

/** What will go wrong by the theory of a network's rule. */
export interface Warning {
  /** What it is about: thresholds, settling or steps. */
  readonly kind: string;
  readonly text: string;
}

/** Some change with weights and rates, others do not: these are looked for once. */
const kinds = [
  { kind: 'thresholds', find: thresholdWarning, changes: false },
  { kind: 'settling', find: settlingWarning, changes: true },
  { kind: 'steps', find: stepWarning, changes: true },
] as const;

/**
 * Watches for what the theory of a network's rule says will go wrong with these samples: steps of settling or of learning that are too large,
 * and thresholds that do not suit the data. What is returned tells, in words, what is so at the network's present weights and rates; each kind once.
 *
 * @param told kinds that were told before
 */
export function watchForWarnings(
  network: Network,
  samples: Samples,
  told: readonly string[] = [],
): () => readonly Warning[] {
  let left = kinds.filter(({ kind }) => !told.includes(kind));
  return () => {
    const found = left.map((each) => ({ ...each, text: each.find(network, samples) }));
    left = found.filter(({ text, changes }) => text === undefined && changes);
    return found.flatMap(({ kind, text }) => (text === undefined ? [] : [{ kind, text }]));
  };
}
