import type { ActivationFunction } from '../circuit/activation.ts';
import { InputError } from '../errors.ts';
import type { Architecture, Rule } from './rule.ts';

/** The names of the activations of hidden units. */
export const activationNames: readonly ActivationFunction[] = ['linear', 'relu', 'tanh'];

/** What says the architecture of a circuit, apart from its rule. */
export interface ArchitectureOptions {
  readonly hidden: number;
  readonly activation?: ActivationFunction;
  readonly meanRate?: number;
  readonly decoupled?: boolean;
}

/** What the rule's circuit depends on. @throws InputError for a circuit that the rule cannot have */
export function architectureOf(rule: Rule, options: ArchitectureOptions): Architecture {
  const { hidden, activation = 'linear', meanRate, decoupled = false } = options;
  if (!activationNames.includes(activation)) {
    throw new InputError(`there is no activation "${activation}"; there are ${activationNames.join(', ')}`);
  }
  if (meanRate !== undefined && !(meanRate > 0 && meanRate <= 1)) {
    throw new InputError(`meanRate must be more than zero and at most 1, not ${meanRate}`);
  }
  if (meanRate !== undefined && activation === 'linear') {
    throw new InputError('meanRate is for the activations relu and tanh: with linear units, leave it out');
  }
  if (decoupled && !rule.interneurons) {
    throw new InputError(`${rule.name} has no interneurons: leave "decoupled" out`);
  }
  return { hidden, activation: { function: activation, ...(meanRate !== undefined && { meanRate }) }, decoupled };
}

/** @throws InputError for a size that is not a positive integer */
export function checkSize(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(`${name} must be a positive integer, not ${value}`);
  }
}
