import { readFile } from 'node:fs/promises';
import { loadModel, type Model, readSafetensors } from '@apical/core';
import { type NamedRule, ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { runConfigSchema } from '../config/schema.ts';
import { isRecord } from '../config/settings.ts';
import { fileIn } from '../files/file-in.ts';
import { ensureRuleOf, loadRule } from '../rules/load-rule.ts';
import { runFiles } from '../runs/run-files.ts';

/** A model and the file that it comes from. */
export interface ModelFile extends Model {
  readonly path: string;
  /** What the run learned that wrote it, if a run did. */
  readonly data?: RunConfig['data'];
}

/**
 * Reads a model that `saveModel` or a run wrote. The rule of a model that is of a module is loaded from there, where the run says which
 * it was.
 *
 * @param given the file, or the folder of a run
 * @param rule what else has its rule: the path of a module
 * @throws InputError where it is not sound, or its rule cannot be loaded; the system's error if it cannot be read
 */
export async function readModelFile(given: string, rule?: string): Promise<ModelFile> {
  const path = fileIn(given, runFiles.weights);
  const bytes = await readFile(path);
  const recorded = recordedConfig(bytes, path);
  const named = rule === undefined ? recordedRule(recorded) : await loadRule(rule);
  if (named) await ensureRuleOf(named);
  const found = named && ruleOf(named);
  const data = runConfigSchema.shape.data.safeParse(recorded.data);
  return {
    ...(await loadModel(bytes, { source: path, ...(found && { rule: found }) })),
    path,
    ...(data.success && { data: data.data }),
  };
}

/** The config of the run that wrote a model. */
function recordedConfig(bytes: Uint8Array, path: string): Partial<RunConfig> {
  const { config = '{}' } = readSafetensors(bytes, path).metadata;
  return asConfig(config);
}

/** What that says of its rule, if it is of a module. */
function recordedRule({ rule, ruleModule }: Partial<RunConfig>): NamedRule | undefined {
  return rule === undefined || ruleModule === undefined ? undefined : { rule, ruleModule };
}

/** The text may be anybody's. */
function asConfig(text: string): Partial<RunConfig> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
