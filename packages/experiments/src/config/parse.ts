import { allRuleNames, InputError, layersOf, type Rule, usualArchitecture } from '@apical/core';
import { z } from 'zod';
import { conflicts, networkConflicts, ruleConflicts } from './conflicts.ts';
import { noneOf } from './fields.ts';
import { foundIn, isOwnData } from './own-data.ts';
import { type NamedRule, ruleOf } from './rule-of.ts';
import type { RunConfig } from './run-config.ts';
import { runConfigSchema } from './schema.ts';
import { isRecord } from './settings.ts';
import { suggestion } from './suggestion.ts';
import { inOrder, type SynapseNames, synapseNames, synapseNamesIfAny, synapseProblems } from './synapse-names.ts';

/**
 * Checks a run config, such as `JSON.parse` gives it. The `config.json` of a run folder is one, too: its `recorded` part is
 * left out. What depends on the rule is checked where it is one of the program's, or that of a module that was loaded.
 *
 * @param source where the value comes from, for the message: a file name
 * @returns it with its defaults, what has names of synapses in their order; the same for configs that say the same
 * @throws InputError that lists all problems, one a line: `run.json: rates.W1.eta0: must be a positive finite number, not -0.1`
 */
export function parseRunConfig(value: unknown, source: string): RunConfig {
  const { recorded, ...settings } = isRecord(value) ? value : {};
  const parsed = runConfigSchema.safeParse(isRecord(value) ? withFound(withUsualUnits(settings)) : value);
  const { config, problems } = parsed.success
    ? judged(parsed.data)
    : misjudged(parsed.error.issues, isRecord(value) ? settings : undefined);
  if (config) return config;
  throw new InputError(problems.map((problem) => `${source}: ${problem}`).join('\n'));
}

/** With the hidden units that networks of the rule have where nothing is said of them. */
function withUsualUnits(settings: Record<string, unknown>): Record<string, unknown> {
  const rule = typeof settings.rule === 'string' ? ruleOf(settings as unknown as NamedRule) : undefined;
  if (settings.activation !== undefined || rule === undefined) return settings;
  return { ...settings, activation: usualArchitecture(rule, {}).activation };
}

/** With what was found in a table of one's own that was read, where they do not say it. */
export function withFound(settings: Record<string, unknown>): Record<string, unknown> {
  const data = settings.data as RunConfig['data'];
  const isTable = isRecord(data) && typeof data.set === 'string' && isOwnData(data.set) && isRecord(data.table);
  const found =
    isTable && data.table && data.table.found === undefined ? foundIn({ ...data, table: data.table }) : undefined;
  return found ? { ...settings, data: { ...data, table: { ...data.table, found } } } : settings;
}

interface Judgement {
  /** Undefined where there are problems. */
  readonly config?: RunConfig;
  readonly problems: readonly string[];
}

/** What comes of settings that are right one by one. */
function judged(given: RunConfig): Judgement {
  const [first] = typeof given.hidden === 'number' ? [] : given.hidden;
  const config = first !== undefined && layersOf(given.hidden).length === 1 ? { ...given, hidden: first } : given;
  const rule = ruleOf(config);
  const problems = [...ruleProblems(config), ...conflicts(config), ...(rule ? ruleConflicts(rule, config) : [])];
  if (rule === undefined || problems.length > 0) return problems.length > 0 ? { problems } : { config, problems };
  let names: SynapseNames;
  try {
    names = synapseNames(rule, config);
  } catch (error) {
    return { problems: [layOutProblem(config, error)] };
  }
  const named = [...synapseProblems(rule.name, names, { ...config }), ...networkConflicts(rule, config)];
  if (named.length > 0) return { problems: named };
  return { config: ordered(config, rule, names), problems };
}

/** The problems of settings some of which are wrong by themselves. @param settings undefined for what is no object of settings */
function misjudged(issues: readonly z.core.$ZodIssue[], settings: Record<string, unknown> | undefined): Judgement {
  if (settings === undefined) return { problems: describeAll(issues, runConfigSchema) };
  const wrong = new Set(issues.map(({ path }) => path[0]));
  const isSound = !circuitNames.some((name) => wrong.has(name)) && typeof settings.rule === 'string';
  const named = isSound ? (settings as unknown as RunConfig) : undefined;
  const names = named && synapseNamesIfAny(ruleOf(named), named);
  return {
    problems: [
      ...describeAll(issues, runConfigSchema),
      ...(wrong.has('rule') || wrong.has('ruleModule') ? [] : ruleProblems(settings as unknown as RunConfig)),
      ...(named && names ? synapseProblems(named.rule, names, settings) : []),
    ],
  };
}

/** The settings that say which synapses there are. */
const circuitNames = [
  'rule',
  'ruleModule',
  'hidden',
  'activation',
  'meanRate',
  'output',
  'loss',
  'biases',
  'parameters',
  'decoupled',
];

function ruleProblems({ rule, ruleModule }: NamedRule): string[] {
  if (ruleModule === undefined) return ruleOf({ rule }) ? [] : [`rule: ${noneOf(allRuleNames, rule)}`];
  return allRuleNames.includes(rule) ? [`ruleModule: is for other rules than ${rule}, which apical has`] : [];
}

/** Why the rule's circuit cannot be laid out. A mistake in a rule of one's own is one in what was given. */
function layOutProblem({ rule, ruleModule }: NamedRule, error: unknown): string {
  if (error instanceof InputError) return error.message.replace(/^([\w.[\]]+) must/, '$1: must');
  if (ruleModule === undefined || !(error instanceof Error)) throw error;
  return `rule: the circuit of ${rule} (${ruleModule.path}) cannot be laid out: ${error.message}`;
}

/** With what has names of synapses, and parameters, in their order. */
function ordered(config: RunConfig, rule: Rule, { rates, starts }: SynapseNames): RunConfig {
  const { optimisers, parameters } = config;
  return {
    ...config,
    ...(parameters && { parameters: inOrder(parameters, Object.keys(rule.parameters)) }),
    rates: inOrder(config.rates, rates),
    ...(optimisers && { optimisers: inOrder(optimisers, rates) }),
    initial: inOrder(config.initial, starts),
  };
}

/** More missing settings than this are told in one line. */
const mostMissing = 2;

/** The lines for all issues. */
function describeAll(issues: readonly z.core.$ZodIssue[], schema: z.ZodType): string[] {
  const missing = issues.filter(({ message }) => message.startsWith('is missing'));
  if (missing.length <= mostMissing) return issues.flatMap((issue) => describe(issue, schema));
  const names = missing.map(({ path }) => path.join('.')).join(', ');
  const others = issues.filter((issue) => !missing.includes(issue));
  return [
    `${names} are missing: a config has all settings (see docs/settings.md), as config.json of a run does`,
    ...others.flatMap((issue) => describe(issue, schema)),
  ];
}

/** The lines for one issue, each with the path of what it is about. */
function describe(issue: z.core.$ZodIssue, schema: z.ZodType): string[] {
  if (issue.code !== 'unrecognized_keys') {
    return [[...(issue.path.length > 0 ? [issue.path.join('.')] : []), issue.message].join(': ')];
  }
  const known = keysAt(schema, issue.path);
  return issue.keys.map((key) => {
    const hint = suggestion(key, known) || `; there are ${known.join(', ')}`;
    return `${[...issue.path, key].join('.')}: there is no such setting${hint}`;
  });
}

/** The names that an object of the schema may have at this path. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const [first, ...rest] = path;
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodExactOptional)
    return keysAt(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodRecord && first !== undefined) return keysAt(schema.valueType as z.ZodType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (first === undefined) return Object.keys(schema.shape);
  return keysAt(schema.shape[String(first)], rest);
}
