import { expectationOf, isValueOf, type ParameterValue, type Rule } from '@apical/core';
import { mismatch } from './fields.ts';
import { suggestion } from './suggestion.ts';

/** What is wrong with the values of a rule's own settings: `parameters.amplitude: must be a number, 0 or more, not -1`. */
export function parameterProblems(rule: Rule, given: Readonly<Record<string, ParameterValue>>): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const path = `parameters.${name}`;
    const parameter = Object.hasOwn(rule.parameters, name) ? rule.parameters[name] : undefined;
    if (parameter === undefined) return [`${path}: ${noParameter(rule, name)}`];
    // A setting of its own since before rules had parameters; it is kept in one place only.
    if (name === 'decoupled') return [`${path}: is the setting "decoupled"`];
    return isValueOf(parameter, value) ? [] : [`${path}: ${mismatch(expectationOf(parameter), value)}`];
  });
}

/** "weight-mirror has no such parameter (did you mean "decay"?)". */
export function noParameter({ name: rule, parameters }: Rule, name: string): string {
  const known = Object.keys(parameters);
  if (known.length === 0) return `${rule} has no parameters`;
  return `${rule} has no such parameter${suggestion(name, known) || `; it has ${known.join(', ')}`}`;
}
