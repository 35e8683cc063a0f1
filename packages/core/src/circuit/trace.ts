import type { Activation } from './activation.ts';

/** What a rule does with one sample, as data: what came out of running it once on symbols. */
export interface Trace {
  /** In the order in which they were computed; `signals[i].id` is i. */
  readonly signals: readonly TracedSignal[];
  readonly operations: readonly Operation[];
  readonly changes: readonly Change[];
  /** The signal that was returned, if one was. */
  readonly result: number | undefined;
}

/** A signal: one number a cell of its population. */
export interface TracedSignal {
  readonly id: number;
  readonly population: string;
  /** The compartment where it arises; absent for the output of the cells. */
  readonly compartment?: string;
  /** What equations call it, if it has a name of its own. */
  readonly symbol?: string;
}

/** How a signal is computed from others. */
export type Operation =
  /** output = W input; or Wᵀ input, where the synapses are used in reverse (see `Reversal`). */
  | {
      readonly kind: 'drive';
      readonly synapses: string;
      readonly reversed?: Reversal;
      readonly input: number;
      readonly output: number;
    }
  /** output = left − right. */
  | { readonly kind: 'minus'; readonly left: number; readonly right: number; readonly output: number }
  /** output = f(input) − running mean; slope = f′(input). The mean moves first where the sample is learned. */
  | {
      readonly kind: 'activate';
      readonly activation: Activation;
      readonly input: number;
      readonly output: number;
      readonly slope: number;
    }
  /** output = slope ⊙ input. */
  | { readonly kind: 'gate'; readonly slope: number; readonly input: number; readonly output: number };

/**
 * Why synapses are used in reverse. *Transport*: their weights are carried to other synapses that run the other way.
 * *Symmetry*: other synapses that run the other way are assumed to have the same weights.
 */
export type Reversal = 'transport' | 'symmetry';

/** What a sample changes: W += η (post preᵀ − decay W), with all signals and weights as they were before any change. */
export interface Change {
  readonly synapses: string;
  readonly post: number;
  readonly pre: number;
  readonly decay: 0 | 1;
}
