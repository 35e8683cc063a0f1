import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { allRules, checkRule, InputError, layOut, type Rule } from '@apical/core';
import { isRulePath, type NamedRule, noteRule, ruleOf } from '../config/rule-of.ts';
import { sha256 } from '../files/sha256.ts';
import { resolveCoreAlike } from './resolve-core.ts';

/**
 * The rule that a text means: the name of one of the program's, or the path of a module whose default export, or export `rule`, is a
 * rule (see core's `defineRule`).
 *
 * @throws InputError for a name that there is not, and a module that cannot be loaded or whose rule is none, with the path
 */
export async function loadRule(text: string): Promise<NamedRule> {
  return isRulePath(text) ? loadModule(text) : { rule: text };
}

/**
 * Sees to it that the rule of a config is loaded in this thread.
 *
 * @throws InputError where its module is not there, has changed, or cannot be loaded
 */
export async function ensureRule({ rule, ruleModule }: NamedRule): Promise<void> {
  if (ruleModule === undefined || ruleOf({ rule, ruleModule })) return;
  const { path } = ruleModule;
  const now = sha256(bytesOf(path));
  if (now !== ruleModule.sha256) {
    throw new InputError(
      `${path}: has changed: the rule ${rule} was in a file with SHA-256 sum ${ruleModule.sha256}, and this one has ${now}; bring that file back, or start a new run`,
    );
  }
  const loaded = await loadModule(path);
  if (loaded.rule !== rule) throw new InputError(`${path}: has the rule ${loaded.rule}, not ${rule}`);
}

/** What of a value read from JSON names a rule: its module is loaded, so that it can be checked. @throws as `ensureRule` */
export async function ensureRuleOf(value: unknown): Promise<void> {
  const { rule, ruleModule } = (typeof value === 'object' && value !== null ? value : {}) as Partial<NamedRule>;
  const isNamed =
    typeof rule === 'string' && typeof ruleModule?.path === 'string' && typeof ruleModule.sha256 === 'string';
  if (isNamed) await ensureRule({ rule, ruleModule });
}

async function loadModule(path: string): Promise<NamedRule> {
  const ruleModule = { path, sha256: sha256(bytesOf(path)) };
  const rule = checkedRule(await exportsOf(path, ruleModule.sha256), path);
  noteRule(ruleModule, rule);
  return { rule: rule.name, ruleModule };
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EISDIR') throw new InputError(`${path}: is a folder, and a module is a file`);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new InputError(`${path}: there is no such file${path === resolve(path) ? '' : ` in ${process.cwd()}`}`);
  }
}

/** The exports of a module, which is run in this thread once for each of its contents. */
async function exportsOf(path: string, digest: string): Promise<Record<string, unknown>> {
  resolveCoreAlike();
  const url = pathToFileURL(resolve(path));
  url.searchParams.set('sha256', digest);
  try {
    return await import(url.href);
  } catch (error) {
    throw new InputError(`${path}: cannot be loaded: ${wordsOf(error)}`, { cause: error });
  }
}

function checkedRule(exported: Record<string, unknown>, path: string): Rule {
  const value = exported.default ?? exported.rule;
  if (value === undefined) {
    throw new InputError(`${path}: has no rule: its default export, or its export "rule", must be one; see defineRule`);
  }
  const rule = checkRule(value, path);
  if (allRules.some(({ name }) => name === rule.name)) {
    throw new InputError(`${path}: its rule is called ${rule.name}, and apical has one of that name: choose another`);
  }
  checkCircuit(rule, path);
  return rule;
}

/** Lays the circuit out, and runs its functions on symbols, as networks do: what is wrong in them is told here. */
function checkCircuit(rule: Rule, path: string): void {
  try {
    const { circuit, behaviour } = layOut(
      rule,
      { hidden: rule.shape.depth === 'one' ? 3 : [4, 3] },
      { inputs: 5, labels: 2 },
    );
    circuit.trace((x, y) => void behaviour.learn(x, y));
    circuit.trace(behaviour.transform);
    if (behaviour.predict) circuit.trace(behaviour.predict);
    if (behaviour.before) circuit.trace(() => void behaviour.before?.run());
  } catch (error) {
    throw new InputError(`${path}: the circuit of its rule ${rule.name} cannot be laid out: ${wordsOf(error)}`, {
      cause: error,
    });
  }
}

/** An error in one line: "TypeError: the circuit has two sets of synapses called W1". */
function wordsOf(error: unknown): string {
  const words = error instanceof InputError ? error.message : String(error);
  return words.trim().replaceAll(/\s*\n\s*/g, ' ');
}
