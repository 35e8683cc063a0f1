import type { Initial } from '../circuit/synapses.ts';
import { InputError } from '../errors.ts';
import type { Rate } from '../kernels/rate.ts';
import { checkMatrix, type Matrix } from '../matrix.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';

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
  /** λ: learns as if white noise of this variance were added to the input, averaged exactly (Cxx + λ I). Default 0. */
  readonly ridge?: number;
  /** Determines the initial weights that are not given. Default 0. */
  readonly seed?: number;
  /** The learning rate of each of the rule's synapses. */
  readonly rates: Readonly<Record<string, Rate>>;
  /** How synapses start that do not start as the rule says. */
  readonly initial?: Readonly<Record<string, Initial>>;
  /** Weights to start from. */
  readonly weights?: Readonly<Record<string, Matrix>>;
  /** The memory to live in, from `createMemory`; by default one of its own. */
  readonly memory?: WebAssembly.Memory;
}

/** @throws InputError for options that no network can have; returns the rule. */
export function checkOptions(options: NetworkOptions): Rule {
  const rule = findRule(options.rule);
  for (const name of ['inputs', 'labels', 'hidden'] as const) {
    const value = options[name];
    if (!Number.isInteger(value) || value < 1) {
      throw new InputError(`${name} must be a positive integer, not ${value}`);
    }
  }
  const ridge = options.ridge ?? 0;
  if (!(Number.isFinite(ridge) && ridge >= 0)) {
    throw new InputError(`ridge must be a finite number, zero or more, not ${ridge}`);
  }
  checkNames(rule, 'rates', options.rates);
  for (const synapses of rule.synapses) {
    const rate = options.rates[synapses];
    if (!rate) throw new InputError(`rates.${synapses} is missing: ${rule.name} needs ${rule.synapses.join(', ')}`);
    checkPositive(`rates.${synapses}.eta0`, rate.eta0);
    if (rate.t0 !== undefined) checkPositive(`rates.${synapses}.t0`, rate.t0);
  }
  checkNames(rule, 'initial', options.initial ?? {});
  for (const [synapses, initial] of Object.entries(options.initial ?? {})) {
    const value = 'normal' in initial ? initial.normal : initial.identity;
    if (!Number.isFinite(value) || ('normal' in initial && value < 0)) {
      throw new InputError(
        `initial.${synapses} must be a finite number (a standard deviation: zero or more), not ${value}`,
      );
    }
  }
  checkNames(rule, 'weights', options.weights ?? {});
  return rule;
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

function checkNames(rule: Rule, what: string, record: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(record)) {
    if (!rule.synapses.includes(name)) {
      throw new InputError(`${what}.${name}: ${rule.name} has no such synapses, only ${rule.synapses.join(', ')}`);
    }
  }
}

function checkPositive(name: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0)) {
    throw new InputError(`${name} must be a positive finite number, not ${value}`);
  }
}
