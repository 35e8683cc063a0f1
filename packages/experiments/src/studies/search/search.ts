import type { Trial } from '../study.ts';

/** What a search asks for: trials to start, and those whose losses it has to know before it asks for more. */
export interface Round {
  readonly start: readonly Trial[];
  readonly awaited: readonly Trial[];
}

/**
 * A search as a generator of rounds. It asks for losses (small is good, Infinity is a divergence) only of trials that it
 * awaited, and decides by nothing else: what it proposes does not depend on which run ends first, nor on the number of workers.
 */
export type Search = Generator<Round, void, void>;

export type LossOf = (trial: Trial) => number;
