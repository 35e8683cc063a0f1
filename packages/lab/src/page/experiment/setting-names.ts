import { findRule, type Parameter, type ParameterValue, usualArchitecture } from '@apical/core';
import { refusalOf, synapseNames } from './circuit.ts';
import { type Experiment, withSettings } from './experiment.ts';

/** What rules have by names of their own. */
export type SettingKind = 'rates' | 'initial' | 'parameters';

/**
 * The names that settings of a rule can have in the experiment, whatever the values of its parameters; undefined for a kind that
 * there is not.
 */
export function knownNames(experiment: Experiment, rule: string, kind: string): readonly string[] | undefined {
  if (kind === 'parameters') return Object.keys(findRule(rule).parameters);
  if (kind !== 'rates' && kind !== 'initial') return undefined;
  const found = variants(experiment, rule).map(
    (each) => synapseNames(each, rule)[kind === 'rates' ? 'rates' : 'starts'],
  );
  return [...new Set(found.flat())];
}

/**
 * The experiment with each of the circuits that a rule has by its parameters, its usual one first: one parameter is another in each.
 * Where the rule cannot have the network of the experiment, it is the rule's usual one, of one hidden layer.
 */
export function variants(experiment: Experiment, rule: string): Experiment[] {
  const { parameters } = findRule(rule);
  const others = Object.entries(parameters).flatMap(([name, parameter]) =>
    alternatives(parameter).map((value) => ({ [name]: value })),
  );
  return [{}, ...others].map((values) => {
    const varied = withSettings(experiment, rule, { inputs: 'raw', rates: {}, initial: {}, parameters: values });
    if (refusalOf(varied, rule) === undefined) return varied;
    const usual = usualArchitecture(findRule(rule), {});
    return { ...varied, hidden: 1, ...usual, meanRate: undefined, biases: undefined };
  });
}

/** The values of a choice or flag that are not the default; of numbers none, for no circuit depends on them. */
function alternatives(parameter: Parameter): readonly ParameterValue[] {
  const values = 'choices' in parameter ? parameter.choices : [true, false];
  return typeof parameter.default === 'number' ? [] : values.filter((value) => value !== parameter.default);
}
