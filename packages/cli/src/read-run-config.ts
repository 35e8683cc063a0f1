import { InputError, parseJson } from '@apical/core';
import { dataSetNames, isStream, isSynthetic } from '@apical/data';
import type { NamedRule, RunConfig } from '@apical/experiments';
import { readNamedText } from './read-file.ts';
import type { RunOptions } from './run-options.ts';
import {
  excludesRidge,
  fittingNames,
  fittingParameters,
  fittingProbes,
  given,
  joinData,
  type Left,
  type Said,
  settingsOf,
} from './run-settings.ts';

/** A config, and what the options say that it cannot have, where they hold for others, too. */
export interface ReadConfig {
  readonly config: RunConfig;
  readonly left: readonly Left[];
}

/**
 * The settings: a file's, or the defaults of the rule, the data set and the network, with the options over them.
 *
 * @param shared whether the options hold for other rules, too: names of synapses and parameters that this one has not are left out, and probes
 *   that do not fit it
 * @throws InputError for those that are wrong
 */
export async function readRunConfig(
  path: string | undefined,
  options: RunOptions,
  shared = false,
): Promise<ReadConfig> {
  const { askedOf, defaultRunConfig, ensureDataOf, ensureRuleOf, loadRule, namesOfRun, ruleOf } = await import(
    '@apical/experiments'
  );
  const file = path === undefined ? {} : await readJson(path);
  await ensureRuleOf(file);
  const named = options.rule === undefined ? namedIn(file) : await loadRule(options.rule);
  const rule = ruleOf(named);
  const said = await settingsOf(options, rule, hasTable(file));
  const ofRule = shared && rule ? fittingParameters(said, rule) : { said, left: [] };
  if (path === undefined && ofRule.said.data?.table && ofRule.said.data.set === undefined) {
    throw new InputError(
      '--target, --test-data, --hold-out and --header are for a table of your own: --data FILE names it',
    );
  }
  if (path === undefined) await ensureDataOf(ofRule.said);
  const base: unknown =
    isRecord(file) && path === undefined ? defaultRunConfig(named, setIn(said), askedOf(ofRule.said)) : file;
  if (!isRecord(base)) return { config: await completed(base, options, path), left: [] };
  const settings = { ...base, ...named };
  if (named.ruleModule === undefined) delete settings.ruleModule;
  const names = shared ? namesOfRun(named, { ...settings, ...given(ofRule.said) } as unknown as RunConfig) : undefined;
  const fit = names ? fittingNames(ofRule.said, names) : { said: ofRule.said, left: [] };
  const laid = await laidOver(settings, fit.said, options, path !== undefined);
  const { probes } = fit.said;
  const { settings: wanted, left } =
    shared && rule && probes ? fittingProbes(laid, probes, rule) : { settings: laid, left: [] };
  await ensureDataOf(wanted);
  const config = await completed(wanted, options, path);
  return { config, left: [...ofRule.left, ...fit.left, ...left] };
}

/** The rule that a file names; BMVR where there is none. */
function namedIn(file: unknown): NamedRule {
  const { rule = 'bmvr', ruleModule } = (isRecord(file) ? file : {}) as Partial<NamedRule>;
  return { rule, ...(ruleModule !== undefined && { ruleModule }) };
}

/** Whether settings say what of data of one's own is learned. */
function hasTable(file: unknown): boolean {
  const { data } = isRecord(file) ? file : {};
  return isRecord(data) && isRecord(data.table);
}

function setIn({ data }: Said): string {
  return data?.set ?? 'mnist';
}

/** Settings, and over them what the options say. */
async function laidOver(
  base: Record<string, unknown>,
  { data, rates, initial, ridge, optimisers, parameters, record, ...others }: Said,
  { test }: RunOptions,
  isFile: boolean,
): Promise<Record<string, unknown>> {
  const { isOwnData, laidOver: over } = await import('@apical/experiments');
  const merged = (name: string, said: object | undefined, join: (own: object, said: object) => object) => {
    const own = base[name];
    return said === undefined || (own !== undefined && !isRecord(own)) ? {} : { [name]: join(own ?? {}, said) };
  };
  const spread = (own: object, said: object) => ({ ...own, ...said });
  const named = (own: object, said: object) => over(own as Record<string, unknown>, said as Record<string, unknown>);
  const none = isFile && excludesRidge(others) ? 0 : undefined;
  const result: Record<string, unknown> = {
    ...base,
    ...others,
    ...given({ ridge: ridge ?? none }),
    ...merged('data', data, (own, said) => joinData(own, said, data?.set !== undefined && isOwnData(data.set))),
    ...merged('rates', rates, named),
    ...merged('initial', initial, named),
    ...merged('optimisers', optimisers, named),
    ...merged('parameters', parameters, spread),
    ...merged('record', record, spread),
  };
  if (test === undefined) return result;
  if (isRecord(result.data) && isSynthetic(String(result.data.set))) {
    throw new InputError(
      '--test is for images; of generated data, test=1000 in the name says how many samples are held out',
    );
  }
  if (isRecord(result.data) && isOwnData(String(result.data.set))) {
    throw new InputError('--test is for data sets; of a table, --test-data or --hold-out says what is held out');
  }
  const { split: learned, first } = (isRecord(result.data) ? result.data : {}) as Partial<RunConfig['data']>;
  if (test === learned) {
    throw new InputError(
      `--test ${test}: these are the images that are learned; ${test === 'test' ? 'train' : 'test'} are those held out`,
    );
  }
  return { ...result, accuracy: { train: { split: learned, ...given({ first }) }, test: { split: test } } };
}

/** A checked config; where options say how much is learned or how often it is evaluated, with that. */
async function completed(
  settings: unknown,
  { epochs, samples, evaluate }: RunOptions,
  path: string | undefined,
): Promise<RunConfig> {
  const { askedOf, batchesOf, evaluationSchedule, evenSchedule, isOwnData, parseRunConfig, withFound } = await import(
    '@apical/experiments'
  );
  const source = path ?? 'options';
  const amounts = [epochs, samples, evaluate].filter((amount) => amount !== undefined);
  if (amounts.length === 0 || !isRecord(settings)) return parseRunConfig(settings, source);
  const { data, batch = 1 } = askedOf(withFound(settings));
  const set = isRecord(settings.data) ? String(settings.data.set) : '';
  if (isStream(set) && epochs !== undefined) {
    throw new InputError('--epochs is for data sets: of a stream, --samples says how many steps are done');
  }
  const isKnown =
    dataSetNames.includes(set) ||
    isSynthetic(set) ||
    isStream(set) ||
    (isOwnData(set) && data?.table?.found !== undefined);
  // What is evaluated when depends on how much is learned, and this on the data set.
  if (data?.split === undefined || !isKnown) return parseRunConfig(settings, source);
  const batches = batchesOf({ data: { ...data, set } as RunConfig['data'], batch });
  const end = samples ?? (epochs === undefined ? settings.samples : epochs * batches.count);
  const isEnd = Number.isSafeInteger(end) && (end as number) > 0;
  const schedule = isStream(set) ? evenSchedule : evaluationSchedule;
  const evaluateAt = isEnd ? schedule(end as number, evaluate, batches) : [];
  return parseRunConfig({ ...settings, samples: end, evaluateAt }, source);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readJson(given: string): Promise<unknown> {
  const { fileIn } = await import('@apical/experiments');
  const path = fileIn(given, 'config.json');
  return parseJson(await readNamedText(path), path);
}
