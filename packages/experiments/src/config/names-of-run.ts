import type { CircuitConfig } from './network-options.ts';
import { type NamedRule, ruleOf } from './rule-of.ts';
import { synapseNamesIfAny } from './synapse-names.ts';

/** The names that settings of a run can have which depend on its rule and network. */
export interface NamesOfRun {
  /** Of rates and optimisers. */
  readonly rates: readonly string[];
  /** Of starts. */
  readonly starts: readonly string[];
  readonly parameters: readonly string[];
}

/** Those of a rule's network; undefined for a rule that there is not, and a network that it cannot have. */
export function namesOfRun(named: NamedRule, network: CircuitConfig): NamesOfRun | undefined {
  const rule = ruleOf(named);
  const names = synapseNamesIfAny(rule, network);
  return rule && names && { rates: names.rates, starts: names.starts, parameters: Object.keys(rule.parameters) };
}
