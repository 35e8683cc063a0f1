import { InputError } from '../errors.ts';
import { backprop } from './backprop.ts';
import { bmvr } from './bmvr.ts';
import type { Rule } from './rule.ts';

const rules: readonly Rule[] = [bmvr, backprop];

/** The names of all learning rules. */
export const ruleNames: readonly string[] = rules.map((rule) => rule.name);

/** The rule of that name. @throws InputError where there is none. */
export function findRule(name: string): Rule {
  const rule = rules.find((candidate) => candidate.name === name);
  if (!rule) throw new InputError(`there is no rule "${name}"; the rules are ${ruleNames.join(', ')}`);
  return rule;
}

/** Whether a rule has interneurons, which can be decoupled. */
export function hasInterneurons(name: string): boolean {
  return findRule(name).interneurons;
}

/** The names of a rule's learning rates: one for each of its synapses. */
export function ruleRates(name: string): readonly string[] {
  return findRule(name).rates;
}
