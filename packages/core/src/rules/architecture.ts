import { type Activation, type ActivationFunction, activationNames } from '../circuit/activation.ts';
import { InputError, written } from '../errors.ts';
import type { Rule } from './rule.ts';
import { activationsOf, type Loss, lossesOf, lossNames, type OutputFunction, outputNames } from './shape.ts';

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
  const { meanRate } = options;
  const hidden = checkHidden(options.hidden);
  checkName('activation', options.activation, activationNames);
  checkName('output', options.output, outputNames);
  checkName('loss', options.loss, lossNames);
  if (meanRate !== undefined && !(meanRate > 0 && meanRate <= 1)) {
    throw new InputError(`meanRate must be more than zero and at most 1, not ${meanRate}`);
  }
  if (![undefined, true, false].includes(options.biases)) {
    throw new InputError(`biases must be true or false, not ${written(options.biases)}`);
  }
  const [misfit] = misfitsOf(rule, options);
  if (misfit) throw new InputError(`${misfit.setting} ${misfit.says}`);
  const { activation, output, loss } = usualArchitecture(rule, options);
  return {
    hidden,
    activation: { function: activation, ...(meanRate !== undefined && { meanRate }) },
    output,
    loss,
    biases: options.biases ?? (rule.shape.biases && !isPlainNetwork(hidden, output)),
  };
}

/** What units and loss a network of the rule has where nothing else is said. */
export function usualArchitecture({ shape }: Rule, asked: Omit<ArchitectureOptions, 'hidden'>) {
  const {
    activation = activationsOf(shape)[0]!,
    output = shape.outputs[0]!,
    loss = lossesOf(shape, output)[0]!,
  } = asked;
  return { activation, output, loss };
}

/** The paper's network: one hidden layer and linear outputs. Unless something else is said, it has no biases, and other starts than others. */
export function isPlainNetwork(hidden: readonly number[], output: OutputFunction): boolean {
  return hidden.length === 1 && output === 'linear';
}

/** A setting that is right in itself, and that a rule, or another setting, does not go with. */
export interface Misfit {
  readonly setting: keyof ArchitectureOptions;
  /** What is wrong with it, after its name: `must be linear: bmvr has no other`. */
  readonly says: string;
}

/** What of an architecture the rule cannot have. */
export function misfitsOf(rule: Rule, options: ArchitectureOptions): readonly Misfit[] {
  const { name, shape } = rule;
  const { hidden, meanRate, biases } = options;
  const { activation, output, loss } = usualArchitecture(rule, options);
  const layers = layersOf(hidden).length;
  const misfits: (Misfit | undefined)[] = [
    shape.depth === 'one' && layers > 1
      ? { setting: 'hidden', says: `must be one number: ${name} has one hidden layer, not ${layers}` }
      : undefined,
    mustBe('activation', name, activationsOf(shape), activation),
    mustBe('output', name, shape.outputs, output),
    loss === 'cross-entropy' && output === 'linear'
      ? {
          setting: 'loss',
          says: 'cross-entropy needs outputs that are probabilities: choose the output sigmoid or softmax',
        }
      : mustBe('loss', name, shape.losses ?? lossNames, loss),
    meanRate !== undefined && shape.runningMean === false
      ? { setting: 'meanRate', says: `must be left out: no running mean is subtracted in ${name}` }
      : undefined,
    meanRate !== undefined && activation === 'linear'
      ? { setting: 'meanRate', says: 'is for units that are not linear: with linear units, leave it out' }
      : undefined,
    biases === true && !shape.biases ? { setting: 'biases', says: `must be false: ${name} has none` } : undefined,
  ];
  return misfits.filter((each) => each !== undefined);
}

function mustBe(
  setting: Misfit['setting'],
  rule: string,
  possible: readonly string[],
  asked: string,
): Misfit | undefined {
  if (possible.includes(asked)) return undefined;
  return { setting, says: `must be ${possible.join(' or ')} in ${rule}, not ${asked}` };
}

function checkHidden(given: number | readonly number[]): readonly number[] {
  if (typeof given === 'number') {
    checkUnits('hidden', given);
    return [given];
  }
  if (!Array.isArray(given) || given.length === 0) {
    throw new InputError('hidden must be a number of units, or a list of one number a layer, and not empty');
  }
  for (const [layer, units] of given.entries()) checkUnits(`hidden[${layer}]`, units);
  return given;
}

function checkUnits(name: string, units: unknown): void {
  checkSize(name, units as number);
  if ((units as number) > mostUnits) {
    throw new InputError(`${name} must be at most ${mostUnits.toLocaleString('en')} units, not ${units}`);
  }
}

function checkName(what: string, name: string | undefined, names: readonly string[]): void {
  if (name === undefined || names.includes(name)) return;
  throw new InputError(`there is no ${what} "${name}"; there are ${names.join(', ')}`);
}

/** @throws InputError for a size that is not a positive integer */
export function checkSize(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new InputError(`${name} must be a positive integer, not ${value}`);
  }
}
