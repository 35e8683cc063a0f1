import { allRules, InputError, type Rule, representationRules, rules, rulesInTime } from '@apical/core';
import type { Command } from 'commander';
import type { Context } from '../context.ts';

const names = allRules.map(({ name }) => name);

/** `apical rules`. */
export function addRulesCommand(program: Command, context: Context): void {
  program
    .command('rules')
    .description(
      'List the learning rules with what each needs that synapses do not have; of one, say where it is published, which networks and parameters it has, and what its synapses are.',
    )
    .summary('list the learning rules')
    .argument('[rule]', `one of them: ${names.join(', ')}, or the path of a module that has one: ./my-rule.ts`)
    .addHelpText(
      'after',
      `
Examples:
  apical rules
  apical rules weight-mirror
  apical rules ./my-rule.ts
  apical rules --json`,
    )
    .action((rule: string | undefined) => listRules(rule, context));
}

async function listRules(name: string | undefined, { output }: Context): Promise<void> {
  const { formatRule, formatRules, ruleDocument } = await import('../rule-text.ts');
  if (name === undefined) {
    output.document(allRules.map(ruleDocument));
    output.result(formatRules(rules));
    output.result('\nof inputs alone, or of two views, measured by objectives of their own:\n');
    output.result(formatRules(representationRules));
    output.result('\nin time, which learn streams:\n');
    output.result(formatRules(rulesInTime));
    output.note('\nmore of one: apical rules NAME; its circuit: apical circuit NAME');
    return;
  }
  const rule = await ruleCalled(name);
  output.document(ruleDocument(rule));
  output.result(formatRule(rule));
}

async function ruleCalled(name: string): Promise<Rule> {
  const { loadRule, ruleOf, suggestion } = await import('@apical/experiments');
  const rule = ruleOf(await loadRule(name));
  if (rule) return rule;
  throw new InputError(`there is no rule "${name}"${suggestion(name, names)}; there are ${names.join(', ')}`);
}
