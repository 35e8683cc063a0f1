import type { FunctionName } from './functions.ts';
import type { Signal } from './signal.ts';

/** f of hidden units, by the name that users give it, and which of the functions it is. The only list of activations. */
export const activations = {
  linear: 'identity',
  relu: 'relu',
  tanh: 'tanh',
  sigmoid: 'sigmoid',
  softplus: 'softplus',
} as const satisfies Record<string, FunctionName>;

/** f(u): the identity, max(u, 0), the hyperbolic tangent, 1 / (1 + exp(−u)), or ln(1 + exp(u)). */
export type ActivationFunction = keyof typeof activations;

/** The names of the activations of hidden units. */
export const activationNames = Object.keys(activations) as readonly ActivationFunction[];

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
