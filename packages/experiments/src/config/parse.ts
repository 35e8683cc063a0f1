import { checkProbe, hasInterneurons, InputError, type ProbedNetwork, ruleNames, ruleRates } from '@apical/core';
import { z } from 'zod';
import { isWhole } from './fields.ts';
import type { RunConfig } from './run-config.ts';
import { type RunConfigSchema, runConfigSchema } from './schema.ts';
import { suggestion } from './suggestion.ts';

/**
 * Checks a run config, such as `JSON.parse` gives it. The `config.json` of a run folder is one, too: its `recorded` part is
 * left out.
 *
 * @param source where the value comes from, for the message: a file name
 * @throws InputError that lists all problems, one a line: `run.json: rates.W1.eta0: must be a positive finite number, not -0.1`
 */
export function parseRunConfig(value: unknown, source: string): RunConfig {
  const { recorded, ...settings } = isRecord(value) ? value : {};
  const { rule, samples } = settings;
  const known = typeof rule === 'string' && ruleNames.includes(rule) ? rule : undefined;
  const schema = schemaFor(known, isWhole(samples) && samples > 0 ? samples : Number.MAX_SAFE_INTEGER);
  const parsed = schema.safeParse(isRecord(value) ? settings : value);
  const problems = parsed.success ? conflicts(parsed.data) : describeAll(parsed.error.issues, schema);
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new InputError(problems.map((problem) => `${source}: ${problem}`).join('\n'));
}

/** The latest schema of each rule: making one takes far longer than checking a config, and studies check thousands alike. */
const schemas = new Map<string | undefined, { readonly samples: number; readonly schema: RunConfigSchema }>();

function schemaFor(rule: string | undefined, samples: number): RunConfigSchema {
  const latest = schemas.get(rule);
  if (latest?.samples === samples) return latest.schema;
  const schema = runConfigSchema(rule === undefined ? undefined : ruleRates(rule), samples);
  schemas.set(rule, { samples, schema });
  return schema;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What is wrong with settings that are right one by one. */
function conflicts({ rule, activation, meanRate, decoupled, ridge, initial, probes }: RunConfig): string[] {
  return [
    ...(ridge > 0 && activation !== 'linear' ? [`ridge: must be 0 with the activation ${activation}`] : []),
    ...(meanRate !== undefined && activation === 'linear' ? ['meanRate: is for the activations relu and tanh'] : []),
    ...(decoupled && !hasInterneurons(rule) ? [`decoupled: must be false, because ${rule} has no interneurons`] : []),
    ...(initial.R !== undefined && !decoupled ? ['initial.R: there is no R unless "decoupled" is true'] : []),
    ...probes.flatMap((probe) => refusalOf(probe, { rule, activation, decoupled })),
  ];
}

/** Why a probe does not fit the network, if it does not. */
function refusalOf(probe: string, network: ProbedNetwork): string[] {
  try {
    checkProbe(probe, network);
    return [];
  } catch (error) {
    if (error instanceof InputError) return [`probes: ${error.message}`];
    throw error;
  }
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
  if (schema instanceof z.ZodDefault) return keysAt(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodRecord && first !== undefined) return keysAt(schema.valueType as z.ZodType, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (first === undefined) return Object.keys(schema.shape);
  return keysAt(schema.shape[String(first)], rest);
}
