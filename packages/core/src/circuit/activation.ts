import type { Signal } from './signal.ts';

/** f(u): the identity, max(u, 0), or the hyperbolic tangent. */
export type ActivationFunction = 'linear' | 'relu' | 'tanh';

/** How the current of a cell becomes its activity. */
export interface Activation {
  readonly function: ActivationFunction;
  /** ε of the running mean `z̄ += ε (f(u) − z̄)` that is subtracted from the activity; absent: nothing is subtracted. */
  readonly meanRate?: number;
}

/** What cells do with their current u. */
export interface Activity<Name extends string> {
  /** `f(u) − z̄`, what the cells pass on. */
  readonly output: Signal<Name>;
  /** `f′(u) ⊙ signal`: what of a signal in the same cells gets through the slope of f. */
  gate(signal: Signal<Name>): Signal<Name>;
}
