import type { Activation } from './activation.ts';
import type { FunctionName } from './functions.ts';
import type { Distribution } from './start.ts';

/** What a rule does with one sample, as data: what came out of running it once on symbols. */
export interface Trace extends Body {
  /** In the order in which they were computed; `signals[i].id` is i. */
  readonly signals: readonly TracedSignal[];
  /** The signal that was returned, if one was. */
  readonly result: number | undefined;
}

/** What is done in a stretch of time, and what of it changes synapses. */
export interface Body {
  readonly operations: readonly Operation[];
  readonly changes: readonly Change[];
}

/** A signal: one number a cell of its population, or one a synapse. */
export interface TracedSignal {
  readonly id: number;
  /** Where it lives; `synapses W1` for what the synapses W1 have. */
  readonly population: string;
  /** The compartment where it arises; absent for the output of the cells. */
  readonly compartment?: string;
  /** What equations call it, if it has a name of its own. */
  readonly symbol?: string;
  /** What it is called as a residual, if it is one: see `Signal.residual`. */
  readonly residual?: string;
  /** What it is called by the probe `signals`, if that reads it: see `Signal.probed`. */
  readonly probed?: string;
}

/** How a signal is computed from others. */
export type Operation =
  /**
   * output = W input; or Wᵀ input, where the synapses are used in reverse (see `Reversal`). With `by`, a value at the synapses
   * stands in the place of W.
   */
  | {
      readonly kind: 'drive';
      readonly synapses: string;
      readonly reversed?: Reversal;
      readonly by?: number;
      readonly input: number;
      readonly output: number;
    }
  /** output = left + right, left − right, left ⊙ right. */
  | { readonly kind: 'plus'; readonly left: number; readonly right: number; readonly output: number }
  | { readonly kind: 'minus'; readonly left: number; readonly right: number; readonly output: number }
  | { readonly kind: 'multiply'; readonly left: number; readonly right: number; readonly output: number }
  /** output = the smaller, or the larger, of left and right. */
  | { readonly kind: 'minimum'; readonly left: number; readonly right: number; readonly output: number }
  | { readonly kind: 'maximum'; readonly left: number; readonly right: number; readonly output: number }
  /** output = factor · input. */
  | {
      readonly kind: 'scale';
      readonly factor: number;
      readonly symbol?: string;
      readonly input: number;
      readonly output: number;
    }
  /** output = f(input), or f′(input). */
  | { readonly kind: 'apply'; readonly function: FunctionName; readonly input: number; readonly output: number }
  | { readonly kind: 'slope'; readonly function: FunctionName; readonly input: number; readonly output: number }
  /** output_i = exp(input_i) / Σ_j exp(input_j). */
  | { readonly kind: 'softmax'; readonly input: number; readonly output: number }
  /** output_i = Σ_j input_j, at every cell. */
  | { readonly kind: 'pool'; readonly input: number; readonly output: number }
  /** output = value, in every cell. */
  | { readonly kind: 'constant'; readonly value: number; readonly output: number }
  /** output = deviates of the stream of this name, anew at each sample and step. */
  | {
      readonly kind: 'noise';
      readonly name: string;
      readonly distribution: Distribution;
      readonly output: number;
    }
  /** output = f(input) − running mean; slope = f′(input). The mean moves first where the sample is learned. */
  | {
      readonly kind: 'activate';
      readonly activation: Activation;
      /** What the running mean is called, where one is subtracted. */
      readonly mean?: string;
      readonly input: number;
      readonly output: number;
      readonly slope: number;
    }
  /** output = slope ⊙ input. */
  | { readonly kind: 'gate'; readonly slope: number; readonly input: number; readonly output: number }
  /** output = what a state has now. It starts as a number in every cell or, each time anew, as a signal. */
  | {
      readonly kind: 'state';
      readonly name: string;
      readonly start: { readonly value: number } | { readonly signal: number };
      readonly lasts: 'sample' | 'ever';
      readonly output: number;
    }
  /** What a state (the output of its operation) is from the end of the step on. */
  | { readonly kind: 'become'; readonly state: number; readonly next: number }
  /** output = post preᵀ, a value at the synapses: its mean over the batch. */
  | {
      readonly kind: 'outer';
      readonly synapses: string;
      readonly post: number;
      readonly pre: number;
      readonly output: number;
    }
  /** output = the weights of the synapses, as a value at them. */
  | { readonly kind: 'weights'; readonly synapses: string; readonly output: number }
  /** output = sign(Wᵀ) of synapses `of` that run the other way, as a value at these. */
  | { readonly kind: 'signs'; readonly synapses: string; readonly of: string; readonly output: number }
  /** The body, so many times, or for each sample until it is at rest. Changes in it are summed over the steps. */
  | { readonly kind: 'repeat'; readonly steps: number; readonly body: Body; readonly rest?: Rest }
  /** The body; then its changes are applied, before anything else is done. */
  | { readonly kind: 'phase'; readonly name: string; readonly body: Body }
  /** output = the value of the signal `unknown` for which the body makes the signal `residual`, linear in it, zero; signals of the body are those of this value. */
  | {
      readonly kind: 'equilibrium';
      readonly unknown: number;
      readonly body: Body;
      readonly residual: number;
      readonly output: number;
    };

/**
 * How states that settle come to rest. With a tolerance a sample has settled before the first step at which nothing that drives them is
 * larger than that, in any cell, whatever its sign: it takes neither that step nor any later one.
 */
export interface Rest {
  readonly states: readonly number[];
  /** What drives each of them, computed in the body: zero at rest. */
  readonly drives: readonly number[];
  /** 0: every sample takes all steps. */
  readonly tolerance: number;
  /** The steps settle only where the largest eigenvalue of minus the drives' derivative by the states is below this; absent where that is not known. */
  readonly stableBelow?: number;
}

/**
 * Why synapses are used in reverse. *Transport*: their weights are carried to other synapses that run the other way.
 * *Symmetry*: other synapses that run the other way are assumed to have the same weights.
 */
export type Reversal = 'transport' | 'symmetry';

/**
 * What changes synapses: `post preᵀ − decay W`, its mean over the batch, or a value at the synapses. With `decayBy`, a signal in the
 * postsynaptic cells, the weights of each cell decay by its own besides. All that synapses gain
 * in a scope (a sample or batch, or a phase) is summed and applied at its end, W += η Σ, so that all signals and weights are as
 * they were before any change.
 */
export type Change =
  | {
      readonly synapses: string;
      readonly post: number;
      readonly pre: number;
      readonly decay: number;
      /** What equations call `decay`, where it is not written as a number. */
      readonly symbol?: string;
      readonly decayBy?: number;
    }
  | { readonly synapses: string; readonly value: number };

/** The signals that an operation reads, but for what its body does. */
export function inputsOf(operation: Operation): readonly number[] {
  switch (operation.kind) {
    case 'drive':
      return operation.by === undefined ? [operation.input] : [operation.input, operation.by];
    case 'plus':
    case 'minus':
    case 'multiply':
    case 'minimum':
    case 'maximum':
      return [operation.left, operation.right];
    case 'gate':
      return [operation.slope, operation.input];
    case 'scale':
    case 'apply':
    case 'slope':
    case 'softmax':
    case 'pool':
    case 'activate':
      return [operation.input];
    case 'state':
      return 'signal' in operation.start ? [operation.start.signal] : [];
    case 'become':
      return [operation.next];
    case 'outer':
      return [operation.post, operation.pre];
    case 'equilibrium':
      return [operation.residual];
    case 'repeat':
      return operation.rest?.drives ?? [];
    case 'constant':
    case 'noise':
    case 'weights':
    case 'signs':
    case 'phase':
      return [];
  }
}

/** Whether an operation does nothing but compute signals from signals and weights, of one moment. */
export function isFunction(operation: Operation): boolean {
  if (operation.kind === 'activate') return operation.mean === undefined;
  return !('body' in operation) && !['noise', 'state', 'become'].includes(operation.kind);
}

/** The signals that an operation yields. */
export function outputsOf(operation: Operation): readonly number[] {
  if (operation.kind === 'activate') return [operation.output, operation.slope];
  return 'output' in operation ? [operation.output] : [];
}

/** All operations in the order in which they are done, those in bodies, once each, before the one that has the body. */
export function allOperations({ operations }: Body): readonly Operation[] {
  return operations.flatMap((operation) =>
    'body' in operation ? [...allOperations(operation.body), operation] : [operation],
  );
}

/** Whether samples can settle in fewer steps than the body is repeated. */
export function stopsEarly({ rest }: Operation & { readonly kind: 'repeat' }): boolean {
  return rest !== undefined && rest.tolerance > 0;
}

/** The names of the states that last for ever. */
export function lastingStates(body: Body): readonly string[] {
  return allOperations(body).flatMap((each) => (each.kind === 'state' && each.lasts === 'ever' ? [each.name] : []));
}

/** All changes, those in bodies too. */
export function allChanges({ operations, changes }: Body): readonly Change[] {
  const inner = operations.flatMap((operation) => ('body' in operation ? allChanges(operation.body) : []));
  return [...inner, ...changes];
}

/** The changes that are applied together at the end of a scope: its own, those of bodies that it repeats, none of phases. */
export function changesOfScope({ operations, changes }: Body): readonly Change[] {
  const repeated = operations.flatMap((each) =>
    each.kind === 'repeat' && each.steps > 0 ? changesOfScope(each.body) : [],
  );
  return [...repeated, ...changes];
}

/** The signals that change synapses. */
export function inputsOfChange(change: Change): readonly number[] {
  if ('value' in change) return [change.value];
  return [change.post, change.pre, ...(change.decayBy === undefined ? [] : [change.decayBy])];
}
