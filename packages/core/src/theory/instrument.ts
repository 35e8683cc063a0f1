import type { Network } from '../network/network.ts';
import type { NetworkOptions } from '../network/options.ts';
import { usualArchitecture } from '../rules/architecture.ts';
import { type LaidOut, layOut } from '../rules/lay-out.ts';
import { findRule } from '../rules/registry.ts';
import type { Rule } from '../rules/rule.ts';
import type { Samples } from '../samples.ts';

/**
 * Reads numbers off a network as it is now, each by a name that starts with the probe's. It changes nothing: a network that
 * is looked at learns the same bits as one that is not.
 */
export type Probe = () => Record<string, number>;

/** What decides which probes fit a network: a `Network` has it, and so have the options of one that is still to be made. */
export type ProbedNetwork = Pick<
  NetworkOptions,
  'rule' | 'activation' | 'output' | 'loss' | 'biases' | 'parameters' | 'decoupled'
> & {
  /** k, or the units of each hidden layer; one layer where it is left out. */
  readonly hidden?: number | readonly number[];
  readonly layers?: readonly number[];
  readonly blueprint?: { readonly rule: Rule };
};

/** The rule itself, which may be one that the library does not know by name. */
export const ruleOf = ({ rule, blueprint }: ProbedNetwork): Rule => blueprint?.rule ?? findRule(rule);

/** What a probe is made by. */
export interface Instrument {
  /** Which networks it is for, as an error message says it. */
  readonly for: string;
  fits(network: ProbedNetwork): boolean;
  /** Why a network is not of those, where that says more. */
  whyNot?(network: ProbedNetwork): string | undefined;
  /** The names of what it reads off a network that it fits. */
  readings(network: ProbedNetwork): readonly string[];
  create(network: Network, samples: Samples): Promise<Probe>;
}

/** Whether all units are linear. */
export const isLinear = (network: ProbedNetwork) => usualArchitecture(ruleOf(network), network).activation === 'linear';

/** What is read, by names that start with the probe's. */
export function named(prefix: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** The circuit of the network: of one hidden unit where that is not said. */
export function laidOutOf(network: ProbedNetwork): LaidOut {
  return layOut(ruleOf(network), { hidden: 1, ...settingsOf(network) });
}

/** What the network's circuit depends on. */
function settingsOf({ hidden, layers, activation, output, loss, biases, parameters, decoupled }: ProbedNetwork) {
  const given = { hidden: layers ?? hidden, activation, output, loss, biases, parameters, decoupled };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
