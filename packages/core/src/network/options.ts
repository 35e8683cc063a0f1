import type { ActivationFunction } from '../circuit/activation.ts';
import type { Initial } from '../circuit/start.ts';
import { InputError, written } from '../errors.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { type Architecture, checkSize, layersOf, usualArchitecture } from '../rules/architecture.ts';
import { checkInTime } from '../rules/in-time/in-time.ts';
import { givenParameters, type LaidOut, layOut } from '../rules/lay-out.ts';
import type { ParameterValue } from '../rules/parameters.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import { type Loss, type OutputFunction, predictsLabels } from '../rules/shape.ts';
import { checkRidge } from './check-ridge.ts';
import { checkInitial } from './initial-weights.ts';
import type { ActivityRepresentation } from './online/representation.ts';
import { checkOptimiser, type Optimiser } from './optimiser.ts';
import type { NoiseSource } from './plain/noise.ts';
import { type Plasticity, plasticityOf } from './plasticity.ts';
import { checkRate, type Rate } from './schedule.ts';

/** What a network is made from. */
export interface NetworkOptions {
  /** The learning rule: the name of one that the library has (see `ruleNames`), or one of your own (see `defineRule`). */
  readonly rule: string | Rule;
  /** m, the numbers in an input. */
  readonly inputs: number;
  /** n, the numbers in a label; of a rule that learns from inputs alone, 0. */
  readonly labels: number;
  /** k, the hidden units; or those of each hidden layer, from the input up. */
  readonly hidden: number | readonly number[];
  /** f of the hidden units: see `activationNames`; by default the first that the rule can have, the identity for most. */
  readonly activation?: ActivationFunction;
  /** ε of the running mean that is subtracted from the hidden units' activity (24); absent: nothing is subtracted. */
  readonly meanRate?: number;
  /** What output units make of their current: `linear` by default, `sigmoid` or `softmax`. */
  readonly output?: OutputFunction;
  /** What is made small: `squared` with linear outputs, else `cross-entropy`, unless it is said. */
  readonly loss?: Loss;
  /** Whether units have a bias. By default those of all networks have but of those with one hidden layer and linear outputs. */
  readonly biases?: boolean;
  /** The rule's own settings, by name: see its `parameters`. */
  readonly parameters?: Readonly<Record<string, ParameterValue>>;
  /** BMVR's parameter of that name. */
  readonly decoupled?: boolean;
  /** How many samples are learned at once: synapses change by the mean. Default 1. */
  readonly batch?: number;
  /**
   * λ: learns as if white noise of this variance were added to the input, and independently to the label, averaged exactly: Cxx + λ I, and
   * Cyy + λ I where the rule asks for it. Default 0; for what is linear in both.
   */
  readonly ridge?: number;
  /**
   * Whether products are added to sums and weights without being rounded before (fused multiply-add). Then batches take as little as half the
   * time, and weights differ in their last digits from those without; they are the same on all machines that can. Default false.
   */
  readonly fused?: boolean;
  /** Determines the initial weights that are not given, and noise. Default 0. */
  readonly seed?: number;
  /**
   * The learning rates, by the names of synapses, or by what their names have before their numbers: `W` is that of all W1, W2, …
   * that have none of their own. Biases b_l learn at the rate of W_l unless they have one, and R at Q's.
   */
  readonly rates: Readonly<Record<string, Rate>>;
  /** What synapses do with what they gain: `plain` by default. */
  readonly optimiser?: Optimiser;
  /** The optimisers of some synapses, by names as in `rates`. */
  readonly optimisers?: Readonly<Record<string, Optimiser>>;
  /** How synapses start that do not start as the rule says, by names as in `rates`. */
  readonly initial?: Readonly<Record<string, Initial>>;
  /** Weights to start from, by the names of `Network.weights`. */
  readonly weights?: Readonly<Record<string, Matrix>>;
  /** t to start from: how many samples the given weights have learned. Default 0. */
  readonly samplesSeen?: number;
  /** The memory to live in, from `createMemory`; by default one of its own. */
  readonly memory?: WebAssembly.Memory;
  /** @internal Another representation of the activity than `chooseActivity` would choose, for tests: *plain* is always possible. */
  readonly activityRepresentation?: ActivityRepresentation;
  /** @internal What computes it, for tests: *plain* is always possible. */
  readonly engine?: 'plain';
  /** @internal Where the deviates of noise come from, for tests. */
  readonly noise?: NoiseSource;
}

/** The options that the future of a network depends on besides its state, with their defaults. */
export type NetworkSettings = Omit<
  NetworkOptions,
  'rule' | 'seed' | 'initial' | 'weights' | 'samplesSeen' | 'memory' | 'activityRepresentation' | 'engine' | 'noise'
> &
  Required<Pick<NetworkOptions, 'activation' | 'decoupled' | 'ridge'>> & {
    readonly rule: string;
    /** Of rules that draw noise, or synapses of which there are not all: what comes depends on it. */
    readonly seed?: number;
  };

/**
 * What of the options is settings; rates, and what else has names of one's own, in the order of their names. What is as in
 * version 0.1 is written as it was there.
 */
export function settingsOf(options: NetworkOptions): NetworkSettings {
  const { rule, inputs, labels, meanRate, ridge = 0 } = options;
  const { activation } = usualArchitecture(findRule(rule), options);
  const { output, loss, biases, batch = 1, fused, optimiser, optimisers = {} } = options;
  const { decoupled, ...parameters } = givenParameters(options);
  const layers = layersOf(options.hidden);
  return {
    rule: typeof rule === 'string' ? rule : rule.name,
    inputs,
    labels,
    hidden: layers.length === 1 ? layers[0]! : [...layers],
    activation,
    ...(meanRate !== undefined && { meanRate }),
    ...(output !== undefined && { output }),
    ...(loss !== undefined && { loss }),
    ...(biases !== undefined && { biases }),
    ...(Object.keys(parameters).length > 0 && { parameters: sorted(parameters) }),
    decoupled: decoupled === true,
    ...(batch !== 1 && { batch }),
    ridge,
    ...(fused === true && { fused }),
    rates: Object.fromEntries(Object.entries(sorted(options.rates)).map(([name, rate]) => [name, cleaned(rate)])),
    ...(optimiser !== undefined && { optimiser }),
    ...(Object.keys(optimisers).length > 0 && { optimisers: sorted(optimisers) }),
  };
}

/** What a network is made of: its rule's circuit at the sizes and with the parameters that the options say. */
export interface Blueprint extends LaidOut {
  /** How each of the synapses that can learn does so, by the names of weights. */
  readonly plasticity: ReadonlyMap<string, Plasticity>;
}

/** @throws InputError for options that no network can have, whatever its weights. */
export function planNetwork(options: NetworkOptions): Blueprint {
  checkOptionNames(options);
  const rule = findRule(options.rule);
  checkSize('inputs', options.inputs);
  if (rule.time === undefined) checkLabels(rule, options.labels);
  checkCounts(options);
  const laidOut = layOut(rule, options, options);
  if (rule.time !== undefined) checkInTime(laidOut, options);
  checkRank(rule, laidOut.architecture, options);
  const { allSynapses } = laidOut.circuit;
  checkRidge(options.ridge ?? 0, laidOut);
  if (typeof options.rates !== 'object' || options.rates === null) {
    const needed = allSynapses.filter((each) => each.plastic && each.options.rateOf === undefined);
    const example = needed.map(({ name }) => `${name.replace('ᵀ', '')}: { eta0: 0.01 }`).join(', ');
    throw new InputError(
      `rates is missing: ${rule.name} needs a learning rate for each of its synapses, { ${example} }`,
    );
  }
  for (const [name, rate] of Object.entries(options.rates)) checkRate(`rates.${name}`, rate);
  if (options.optimiser !== undefined) checkOptimiser('optimiser', options.optimiser);
  for (const [name, each] of Object.entries(options.optimisers ?? {})) checkOptimiser(`optimisers.${name}`, each);
  for (const [name, initial] of Object.entries(options.initial ?? {})) checkInitial(`initial.${name}`, initial);
  return { ...laidOut, plasticity: plasticityOf(rule.name, allSynapses, options) };
}

function checkLabels({ name, shape }: Rule, labels: number): void {
  if (shape.labels !== 'none') checkSize('labels', labels);
  else if (labels !== 0) throw new InputError(`labels must be 0: ${name} learns from inputs alone`);
}

/** Units that find components can be as many as there are of these. */
function checkRank(
  { name, shape, time }: Rule,
  { hidden: [k = 1] }: Architecture,
  { inputs, labels }: Pick<NetworkOptions, 'inputs' | 'labels'>,
): void {
  if (predictsLabels(shape) || time !== undefined) return;
  const isSecond = shape.labels === 'second view' && labels < inputs;
  const most = isSecond ? labels : inputs;
  if (k <= most) return;
  const of = isSecond ? 'a second view' : 'an input';
  throw new InputError(
    `hidden must be at most ${most}, not ${k}: ${name} finds components, and ${of} has ${most} numbers`,
  );
}

/** All options, so that the compiler tells where one is missing here. */
const optionNames: Readonly<Record<keyof NetworkOptions, true>> = {
  rule: true,
  inputs: true,
  labels: true,
  hidden: true,
  activation: true,
  meanRate: true,
  output: true,
  loss: true,
  biases: true,
  parameters: true,
  decoupled: true,
  batch: true,
  ridge: true,
  fused: true,
  seed: true,
  rates: true,
  optimiser: true,
  optimisers: true,
  initial: true,
  weights: true,
  samplesSeen: true,
  memory: true,
  activityRepresentation: true,
  engine: true,
  noise: true,
};

/** An option with a letter wrong would be left out in silence. */
function checkOptionNames(options: NetworkOptions): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(optionNames, name));
  if (unknown !== undefined) throw new InputError(`${unknown}: there is no such option; see NetworkOptions`);
}

function checkCounts({ samplesSeen = 0, batch = 1, fused = false }: NetworkOptions): void {
  if (typeof fused !== 'boolean') throw new InputError(`fused must be true or false, not ${written(fused)}`);
  if (!(Number.isSafeInteger(samplesSeen) && samplesSeen >= 0)) {
    throw new InputError(`samplesSeen must be a whole number, zero or more, not ${samplesSeen}`);
  }
  if (!(Number.isSafeInteger(batch) && batch >= 1 && batch <= mostInBatch)) {
    throw new InputError(`batch must be a whole number from 1 to ${mostInBatch.toLocaleString('en')}, not ${batch}`);
  }
}

/** A batch's signals are in memory at the same time. */
const mostInBatch = 65_536;

/** @throws InputError where `initial` or `weights` names something that the network does not have. */
export function checkNames(
  what: 'initial' | 'weights',
  { rule, ...options }: NetworkOptions,
  names: readonly string[],
): void {
  for (const name of Object.keys(options[what] ?? {})) {
    if (!names.includes(name)) {
      const owner = typeof rule === 'string' ? rule : rule.name;
      throw new InputError(`${what}.${name}: this ${owner} network has none, only ${names.join(', ')}`);
    }
  }
}

/** @throws InputError where a given weight matrix has the wrong shape or a number that is not finite. */
export function checkWeights(weights: Readonly<Record<string, Matrix>>, shapes: ReadonlyMap<string, Shape>): void {
  for (const [name, matrix] of Object.entries(weights)) {
    if (!matrix?.data) {
      throw new InputError(`weights.${name} must be a matrix, { rows, cols, data }, not ${written(matrix)}`);
    }
    const shape = shapes.get(name);
    if (shape) checkMatrix(`weights.${name}`, matrix, shape.rows, shape.cols);
  }
}

/** The shape of a weight matrix as `Network.weights` lists it. */
export interface Shape {
  readonly rows: number;
  readonly cols: number;
}

function cleaned(rate: Rate): Rate {
  return Object.fromEntries(Object.entries(rate).filter(([, value]) => value !== undefined)) as unknown as Rate;
}

function sorted<Value>(values: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));
}
