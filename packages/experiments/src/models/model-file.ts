import { readFile } from 'node:fs/promises';
import { loadModel, type Model, readSafetensors } from '@apical/core';
import { type NamedRule, ruleOf } from '../config/rule-of.ts';
import { isRecord } from '../config/settings.ts';
import { fileIn } from '../files/file-in.ts';
import { ensureRuleOf, loadRule } from '../rules/load-rule.ts';
import { runFiles } from '../runs/run-folder.ts';

/** A model and the file that it comes from. */
export interface ModelFile extends Model {
  readonly path: string;
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
  const named = rule === undefined ? recordedRule(bytes, path) : await loadRule(rule);
  if (named) await ensureRuleOf(named);
  const found = named && ruleOf(named);
  return { ...(await loadModel(bytes, { source: path, ...(found && { rule: found }) })), path };
}

/** What the config of the run that wrote a model says of its rule, if it is of a module. */
function recordedRule(bytes: Uint8Array, path: string): NamedRule | undefined {
  const { config = '{}' } = readSafetensors(bytes, path).metadata;
  const { rule, ruleModule } = asNamed(config);
  return rule === undefined || ruleModule === undefined ? undefined : { rule, ruleModule };
}

/** The text may be anybody's. */
function asNamed(text: string): Partial<NamedRule> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
