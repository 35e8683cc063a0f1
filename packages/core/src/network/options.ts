import type { ActivationFunction } from '../circuit/activation.ts';
import type { Initial } from '../circuit/synapses.ts';
import { InputError } from '../errors.ts';
import type { Rate } from '../kernels/rate.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { architectureOf, checkSize } from '../rules/architecture.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import type { ActivityRepresentation } from './representation.ts';

/** What a network is made from. */
export interface NetworkOptions {
  /** The learning rule: see `ruleNames`. */
  readonly rule: string;
  /** m, the numbers in an input. */
  readonly inputs: number;
  /** n, the numbers in a label. */
  readonly labels: number;
  /** k, the hidden units. */
  readonly hidden: number;
  /** f of the hidden units: the identity (the default), max(u, 0), or tanh. */
  readonly activation?: ActivationFunction;
  /** ε of the running mean that is subtracted from the hidden units' activity (24); absent: nothing is subtracted. */
  readonly meanRate?: number;
  /** Whether interneurons have weights R of their own, instead of Qᵀ (21, 22). Default false; only for rules that have them. */
  readonly decoupled?: boolean;
  /** λ: learns as if white noise of this variance were added to the input, averaged exactly (Cxx + λ I). Default 0; for linear units. */
  readonly ridge?: number;
  /** Determines the initial weights that are not given. Default 0. */
  readonly seed?: number;
  /** The learning rates, one for each of the rule's synapses; that of R is Q's. */
  readonly rates: Readonly<Record<string, Rate>>;
  /** How synapses start that do not start as the rule says. */
  readonly initial?: Readonly<Record<string, Initial>>;
  /** Weights to start from, by the names of `Network.weights`. */
  readonly weights?: Readonly<Record<string, Matrix>>;
  /** t to start from: how many samples the given weights have learned. Default 0. */
  readonly samplesSeen?: number;
  /** The memory to live in, from `createMemory`; by default one of its own. */
  readonly memory?: WebAssembly.Memory;
  /** @internal Another representation of the activity than `chooseActivity` would choose, for tests: *plain* is always possible. */
  readonly activityRepresentation?: ActivityRepresentation;
}

/** The options that the future of a network depends on besides its state, with their defaults. */
export type NetworkSettings = Omit<
  NetworkOptions,
  'seed' | 'initial' | 'weights' | 'samplesSeen' | 'memory' | 'activityRepresentation'
> &
  Required<Pick<NetworkOptions, 'activation' | 'decoupled' | 'ridge'>>;

/** What of the options is settings; the rates in the order of their names. */
export function settingsOf(options: NetworkOptions): NetworkSettings {
  const { rule, inputs, labels, hidden, activation = 'linear', meanRate, decoupled = false, ridge = 0 } = options;
  const rates = Object.fromEntries(
    Object.entries(options.rates)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { eta0, t0 }]) => [name, { eta0, ...(t0 !== undefined && { t0 }) }]),
  );
  return {
    rule,
    inputs,
    labels,
    hidden,
    activation,
    ...(meanRate !== undefined && { meanRate }),
    decoupled,
    ridge,
    rates,
  };
}

/** @throws InputError for options that no network can have, whatever its weights; returns the rule. */
export function checkOptions(options: NetworkOptions): Rule {
  const rule = findRule(options.rule);
  for (const name of ['inputs', 'labels', 'hidden'] as const) checkSize(name, options[name]);
  architectureOf(rule, options);
  checkRidge(options);
  const { samplesSeen = 0 } = options;
  if (!(Number.isSafeInteger(samplesSeen) && samplesSeen >= 0)) {
    throw new InputError(`samplesSeen must be a whole number, zero or more, not ${samplesSeen}`);
  }
  if (typeof options.rates !== 'object' || options.rates === null) {
    const example = rule.rates.map((name) => `${name}: { eta0: 0.01 }`).join(', ');
    throw new InputError(
      `rates is missing: ${rule.name} needs a learning rate for each of its synapses, { ${example} }`,
    );
  }
  for (const name of Object.keys(options.rates)) {
    if (!rule.rates.includes(name)) {
      throw new InputError(`rates.${name}: ${rule.name} has no such rate, only ${rule.rates.join(', ')}`);
    }
  }
  for (const name of rule.rates) {
    const rate = options.rates[name];
    if (!rate) throw new InputError(`rates.${name} is missing: ${rule.name} needs ${rule.rates.join(', ')}`);
    checkPositive(`rates.${name}.eta0`, rate.eta0);
    if (rate.t0 !== undefined) checkPositive(`rates.${name}.t0`, rate.t0);
  }
  for (const [synapses, initial] of Object.entries(options.initial ?? {})) {
    const value = 'normal' in initial ? initial.normal : initial.identity;
    if (!Number.isFinite(value) || ('normal' in initial && value < 0)) {
      throw new InputError(
        `initial.${synapses} must be a finite number (a standard deviation: zero or more), not ${value}`,
      );
    }
  }
  return rule;
}

function checkRidge({ activation = 'linear', ridge = 0 }: NetworkOptions): void {
  if (!(Number.isFinite(ridge) && ridge >= 0)) {
    throw new InputError(`ridge must be a finite number, zero or more, not ${ridge}`);
  }
  if (ridge > 0 && activation !== 'linear') {
    throw new InputError(`ridge is for linear units: with ${activation}, leave it out or set it to 0`);
  }
}

/** @throws InputError where `initial` or `weights` names something that the network does not have. */
export function checkNames(what: 'initial' | 'weights', options: NetworkOptions, names: readonly string[]): void {
  for (const name of Object.keys(options[what] ?? {})) {
    if (!names.includes(name)) {
      throw new InputError(`${what}.${name}: this ${options.rule} network has none, only ${names.join(', ')}`);
    }
  }
}

/** @throws InputError where a given weight matrix has the wrong shape or a number that is not finite. */
export function checkWeights(weights: Readonly<Record<string, Matrix>>, shapes: ReadonlyMap<string, Shape>): void {
  for (const [name, matrix] of Object.entries(weights)) {
    const shape = shapes.get(name);
    if (shape) checkMatrix(`weights.${name}`, matrix, shape.rows, shape.cols);
  }
}

/** The shape of a weight matrix as `Network.weights` lists it. */
export interface Shape {
  readonly rows: number;
  readonly cols: number;
}

function checkPositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new InputError(`${name} must be a positive finite number, not ${value}`);
  }
}
