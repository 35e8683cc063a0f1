import { allRules, type LabelRole, type Rule } from '@apical/core';
import type { RuleModule, RunConfig } from './run-config.ts';

/** What names the rule of a run. */
export type NamedRule = Pick<RunConfig, 'rule' | 'ruleModule'>;

/** The rules of modules that were loaded in this thread, by what names them. */
const loaded = new Map<string, Rule>();
/** What names those that were loaded last, by their paths. */
const byPath = new Map<string, NamedRule>();

/** Notes the rule of a module, so that configs can name it. */
export function noteRule(ruleModule: RuleModule, rule: Rule): void {
  const named = { rule: rule.name, ruleModule };
  loaded.set(keyOf(named), rule);
  byPath.set(ruleModule.path, named);
}

/** The rule that a text means: its name, or the path of a module that was loaded. */
export function namedRule(text: string): NamedRule {
  return byPath.get(text) ?? { rule: text };
}

/** The rule that a config names: one of the program's, or of a module that was loaded. Undefined where there is none. */
export function ruleOf(named: NamedRule): Rule | undefined {
  if (named.ruleModule !== undefined) return loaded.get(keyOf(named));
  return allRules.find(({ name }) => name === named.rule);
}

/** What labels are to the rule of a config: predicted, where it is not known. */
export function labelRoleOf(named: NamedRule): LabelRole {
  return ruleOf(named)?.shape.labels ?? 'predicted';
}

/** What core is to be given: the rule, or a name that it will refuse. */
export function ruleOrName(named: NamedRule): Rule | string {
  return ruleOf(named) ?? named.rule;
}

/** A rule's title, for headings; its name, where it is of a module. */
export function ruleTitle(name: string): string {
  return allRules.find((rule) => rule.name === name)?.title ?? name;
}

/**
 * Whether a text names a rule by the path of a module, not by its name: it begins with a dot or a slash, or ends as modules do. A config
 * file (.json) is none.
 */
export function isRulePath(text: string): boolean {
  if (text.endsWith('.json')) return false;
  return /^(\.|\/|[A-Za-z]:[\\/])/.test(text) || /\.m?[jt]s$/.test(text);
}

function keyOf({ rule, ruleModule }: NamedRule): string {
  return JSON.stringify([rule, ruleModule?.path, ruleModule?.sha256]);
}
