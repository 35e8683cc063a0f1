import { type Activation, type ActivationFunction, activationNames } from '../circuit/activation.ts';
import { InputError, written } from '../errors.ts';
import type { Rule } from './rule.ts';

/** What output units do with their current u: pass it on, 1 / (1 + exp(−u)), or exp(u) as a share of all of them. */
export type OutputFunction = 'linear' | 'sigmoid' | 'softmax';

export const outputNames: readonly OutputFunction[] = ['linear', 'sigmoid', 'softmax'];

/**
 * What a network's output p is to make small, for a sample of label y. `squared`: ½ ‖y − p‖². `cross-entropy`: −Σ y ln p of softmax,
 * −Σ [y ln p + (1 − y) ln(1 − p)] of sigmoid units.
 */
export type Loss = 'squared' | 'cross-entropy';

export const lossNames: readonly Loss[] = ['squared', 'cross-entropy'];

/** What networks a rule can have. */
export interface Shape {
  /** How many hidden layers: exactly one, or any number from one on. */
  readonly depth: 'one' | 'any';
  /** What its outputs can be; the first is the default. */
  readonly outputs: readonly OutputFunction[];
  /** Whether its units can have biases. */
  readonly biases: boolean;
}

/** What a network's circuit depends on, besides the rule, its parameters, and the sizes of inputs and labels. */
export interface Architecture {
  /** The hidden units of each layer, from the input up: one layer at least. */
  readonly hidden: readonly number[];
  /** Of the hidden units. */
  readonly activation: Activation;
  readonly output: OutputFunction;
  readonly loss: Loss;
  /** Whether hidden and output units have a bias. */
  readonly biases: boolean;
}

/** What says the architecture of a circuit, apart from its rule. */
export interface ArchitectureOptions {
  /** k, or the units of each hidden layer. */
  readonly hidden: number | readonly number[];
  readonly activation?: ActivationFunction;
  readonly meanRate?: number;
  readonly output?: OutputFunction;
  readonly loss?: Loss;
  readonly biases?: boolean;
}

/** The hidden layers as a list. */
export function layersOf(hidden: number | readonly number[]): readonly number[] {
  return typeof hidden === 'number' ? [hidden] : hidden;
}

/** More units than this in a layer are a slip of the keyboard: two such layers need 4 GiB. */
const mostUnits = 2 ** 15;

/** The architecture that the options say, with its defaults. @throws InputError for one that the rule cannot have */
export function architectureOf(rule: Rule, options: ArchitectureOptions): Architecture {
  const { activation = 'linear', meanRate } = options;
  const hidden = checkHidden(rule, options.hidden);
  const output = options.output ?? rule.shape.outputs[0] ?? 'linear';
  checkName('activation', activation, activationNames);
  checkName('output', output, outputNames);
  if (!rule.shape.outputs.includes(output)) {
    throw new InputError(`output ${output}: ${rule.name} has ${rule.shape.outputs.join(' or ')} outputs only`);
  }
  if (meanRate !== undefined && !(meanRate > 0 && meanRate <= 1)) {
    throw new InputError(`meanRate must be more than zero and at most 1, not ${meanRate}`);
  }
  if (meanRate !== undefined && activation === 'linear') {
    throw new InputError('meanRate is for units that are not linear: with linear units, leave it out');
  }
  const biases = options.biases ?? (rule.shape.biases && !isPlainNetwork(hidden, output));
  if (typeof biases !== 'boolean') throw new InputError(`biases must be true or false, not ${written(biases)}`);
  if (biases && !rule.shape.biases) throw new InputError(`${rule.name} has no biases: leave "biases" out`);
  return {
    hidden,
    activation: { function: activation, ...(meanRate !== undefined && { meanRate }) },
    output,
    loss: lossOf(output, options.loss),
    biases,
  };
}

/** The paper's network: one hidden layer and linear outputs. Unless something else is said, it has no biases, and other starts than others. */
export function isPlainNetwork(hidden: readonly number[], output: OutputFunction): boolean {
  return hidden.length === 1 && output === 'linear';
}

/** The loss that goes with the outputs unless another is said. @throws InputError for one that they cannot have */
export function lossOf(output: OutputFunction, loss: Loss = output === 'linear' ? 'squared' : 'cross-entropy'): Loss {
  checkName('loss', loss, lossNames);
  if (loss === 'cross-entropy' && output === 'linear') {
    throw new InputError('cross-entropy needs outputs that are probabilities: choose the output sigmoid or softmax');
  }
  return loss;
}

function checkHidden(rule: Rule, given: number | readonly number[]): readonly number[] {
  if (typeof given === 'number') {
    checkUnits('hidden', given);
    return [given];
  }
  if (!Array.isArray(given) || given.length === 0) {
    throw new InputError('hidden must be a number of units, or a list of one number a layer, and not empty');
  }
  for (const [layer, units] of given.entries()) checkUnits(`hidden[${layer}]`, units);
  if (rule.shape.depth === 'one' && given.length > 1) {
    throw new InputError(`${rule.name} has one hidden layer, not ${given.length}: hidden must be one number`);
  }
  return given;
}

function checkUnits(name: string, units: unknown): void {
  checkSize(name, units as number);
  if ((units as number) > mostUnits) {
    throw new InputError(`${name} must be at most ${mostUnits.toLocaleString('en')} units, not ${units}`);
  }
}

function checkName(what: string, name: string, names: readonly string[]): void {
  if (!names.includes(name)) throw new InputError(`there is no ${what} "${name}"; there are ${names.join(', ')}`);
}

/** @throws InputError for a size that is not a positive integer */
export function checkSize(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(`${name} must be a positive integer, not ${value}`);
  }
}
