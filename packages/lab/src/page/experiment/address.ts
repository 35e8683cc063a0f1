import { InputError, parseParameter, type Rate, runRuleNames, sampleRules } from '@apical/core';
import { parseRateWords, parseStartWords, rateWords, startWords } from '@apical/experiments';
import { flag, number, type SharedName, sharedFields, sharedNames } from './address-fields.ts';
import { unitsFor } from './circuit.ts';
import { type Experiment, type RateChange, type RuleSettings, settingsOf } from './experiment.ts';
import { defaultPreset, findPreset, type Preset } from './presets.ts';
import { runConfigOf } from './run-config.ts';
import { knownNames } from './setting-names.ts';
import { asUsual, fitted, isOfKind, usualLabels } from './usual-settings.ts';

/** What an address says: an experiment, the preset that it began from, and how many samples to go to. */
export interface Address {
  readonly preset: Preset;
  readonly experiment: Experiment;
  /** Where the networks stood. */
  readonly at: number;
  /** Which weights from a file the networks began with, where they did: the address tells them apart, and cannot hold them. */
  readonly weights?: string | undefined;
}

/** How the address marks weights that came from a file, before what tells them apart. */
const ownWeights = 'own:';

/** How the address says of rates and starts that there are none, where there are by default. */
const none = 'none';

/** The query that says all of it; what is as in the preset, or follows from what is said, is left out. */
export function writeAddress({ preset, experiment, at, weights }: Address): string {
  const query = new URLSearchParams({ preset: preset.name });
  const shared = usualShared(preset.experiment, experiment);
  for (const name of sharedNames) {
    const write = sharedFields[name].write as (value: unknown) => string;
    const text = write(experiment[name]);
    if (text !== write(shared[name])) query.set(name, text);
  }
  if (experiment.rules.join() !== preset.experiment.rules.join()) query.set('rules', experiment.rules.join(' '));
  const parameters = Object.entries(experiment.settings).map(([rule, own]) => [rule, own.parameters] as const);
  const usual = asUsual(experiment, preset.experiment, Object.fromEntries(parameters));
  for (const [rule, own] of Object.entries(experiment.settings)) {
    for (const [name, text] of differencesOf(own, settingsOf(usual, rule))) query.set(`${rule}.${name}`, text);
  }
  for (const { at: sample, rule, rates } of experiment.changes) {
    const written = Object.entries(rates).map(([synapses, rate]) => `${synapses}=${rateWords(rate)}`);
    query.append('then', [sample, rule, ...written].join(' '));
  }
  if (weights !== undefined) query.set('weights', ownWeights + weights);
  if (at > 0) query.set('at', String(at));
  return `?${query}`.replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%3D', '=').replaceAll('%2C', ',');
}

/**
 * What the query says; nothing says the default preset.
 * @throws InputError where it says no experiment: what is wrong, and where
 */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const named = query.get('preset');
  const preset = named === null ? defaultPreset : findPreset(named);
  if (!preset) throw new InputError(`the address names a preset "${named}", which there is not`);
  const base = preset.experiment;
  const chosen = query.get('rules')?.split(' ').map(readRule) ?? base.rules;
  const shared = readShared(query, base, chosen);
  const mentioned = sampleRules.map(({ name }) => name).filter((name) => isMentioned(query, name));
  const others = isOfKind({ ...base, ...shared }, base) ? Object.keys(base.settings) : [];
  const names = [...new Set([...chosen, ...mentioned, ...others])];
  const usual = asUsual({ ...base, ...shared, rules: chosen, changes: [] }, base, parametersIn(query, names));
  checkNames(query, usual);
  const settings = Object.fromEntries(names.map((rule) => [rule, readSettings(query, rule, settingsOf(usual, rule))]));
  const changes = query.getAll('then').map(readChange);
  const experiment = fitted({ ...usual, rules: chosen, settings, changes }, base);
  for (const rule of chosen) runConfigOf(experiment, rule);
  const at = read(query, 'at', number, 0);
  if (!Number.isSafeInteger(at) || at < 0) throw new InputError(`the address: at: must be a whole number, not ${at}`);
  const mark = query.get('weights');
  if (mark !== null && !mark.startsWith(ownWeights)) {
    throw new InputError(`the address: weights: must be as the page marks those from a file, not "${mark}"`);
  }
  return { preset, experiment, at, ...(mark !== null && { weights: mark.slice(ownWeights.length) }) };
}

type Shared = Pick<Experiment, SharedName>;

/** What is shared, where nothing is said of it: as in the preset, but for labels, which go by the outputs. */
function usualShared(base: Experiment, network: Pick<Experiment, 'output'>): Shared {
  return { ...base, labels: usualLabels(base, network) };
}

/** What says which units networks have. Where nothing is said, they have those of the first rule, if it cannot have the preset's. */
const unitNames: readonly SharedName[] = ['activation', 'meanRate', 'output', 'loss'];

function readShared(query: URLSearchParams, base: Experiment, chosen: readonly string[]): Shared {
  const all = Object.fromEntries(
    sharedNames.map((name) => [name, read(query, name, sharedFields[name] as typeof number, base[name] as number)]),
  ) as unknown as Shared;
  const [first] = chosen;
  const isSaid = unitNames.some((name) => query.has(name));
  const units = first === undefined || isSaid ? undefined : unitsFor({ ...base, ...all, rules: [...chosen] }, first);
  const shared = { ...all, ...units };
  return query.has('labels') ? shared : { ...shared, labels: usualLabels(base, shared) };
}

/** @throws InputError that says where the text is wrong */
function read<T>(query: URLSearchParams, name: string, field: { read(text: string): T }, otherwise: T): T {
  const text = query.get(name);
  return text === null ? otherwise : within(name, () => field.read(text));
}

function within<T>(name: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`the address: ${name}: ${error.message}`);
  }
}

/** What the settings of a rule have otherwise than usual, as an address has it: names without the rule's, and texts. */
function differencesOf(own: RuleSettings, usual: RuleSettings): [name: string, text: string][] {
  const found: [string, string][] = own.inputs === usual.inputs ? [] : [['inputs', own.inputs]];
  const compare = <Value>(kind: 'rates' | 'initial', write: (value: Value) => string) => {
    const [here, there] = [textsOf(own[kind], write), textsOf(usual[kind], write)];
    for (const [name, text] of here) if (there.get(name) !== text) found.push([`${kind}.${name}`, text]);
    for (const name of there.keys()) if (!here.has(name)) found.push([`${kind}.${name}`, none]);
  };
  for (const [name, value] of Object.entries(own.parameters)) found.push([`parameters.${name}`, String(value)]);
  compare('rates', rateWords);
  compare('initial', startWords);
  return found;
}

function textsOf<Value>(
  values: Readonly<Record<string, unknown>>,
  write: (value: Value) => string,
): Map<string, string> {
  return new Map(Object.entries(values).map(([name, value]) => [name, write(value as Value)]));
}

function isMentioned(query: URLSearchParams, rule: string): boolean {
  return [...query.keys()].some((name) => name.startsWith(`${rule}.`)) || (rule === 'bmvr' && query.has('decoupled'));
}

/** The parameters that the query gives to rules. `decoupled` was BMVR's before rules had parameters. */
function parametersIn(query: URLSearchParams, names: readonly string[]): Record<string, RuleSettings['parameters']> {
  const decoupled = read(query, 'decoupled', flag, false);
  return Object.fromEntries(
    names.map((rule) => {
      const known = sampleRules.find(({ name }) => name === rule)?.parameters ?? {};
      const given = Object.entries(known).flatMap(([name, parameter]) => {
        const key = `${rule}.parameters.${name}`;
        const text = query.get(key);
        return text === null ? [] : [[name, within(key, () => parseParameter(name, parameter, text))] as const];
      });
      return [rule, { ...(rule === 'bmvr' && decoupled && { decoupled }), ...Object.fromEntries(given) }];
    }),
  );
}

/** @throws InputError where the query has a name that is none of an address's */
function checkNames(query: URLSearchParams, experiment: Experiment): void {
  const known = ['preset', 'rules', 'then', 'weights', 'at', 'decoupled', ...sharedNames];
  for (const name of query.keys()) {
    const [rule = '', kind = '', setting, ...more] = name.split('.');
    if (known.includes(name)) continue;
    if (!runRuleNames.includes(rule) || more.length > 0) {
      throw new InputError(`the address: ${name}: there is no such setting; there are ${known.join(', ')}`);
    }
    if (kind === 'inputs' && setting === undefined) continue;
    const names = knownNames(experiment, rule, kind);
    if (setting !== undefined && names?.includes(setting)) continue;
    const instead = names ? names.map((each) => `${rule}.${kind}.${each}`) : [`${rule}.inputs`];
    throw new InputError(`the address: ${name}: there is no such setting; there are ${instead.join(', ') || 'none'}`);
  }
}

/** @throws InputError where there is no such rule */
function readRule(name: string): string {
  if (runRuleNames.includes(name)) return name;
  throw new InputError(`the address: there is no rule "${name}"; there are ${runRuleNames.join(', ')}`);
}

function readSettings(query: URLSearchParams, rule: string, usual: RuleSettings): RuleSettings {
  const rates = readByName(query, `${rule}.rates.`, usual.rates, parseRateWords);
  const initial = readByName(query, `${rule}.initial.`, usual.initial, parseStartWords);
  return { ...usual, inputs: (query.get(`${rule}.inputs`) ?? usual.inputs) as RuleSettings['inputs'], rates, initial };
}

function readByName<Value>(
  query: URLSearchParams,
  start: string,
  usual: Readonly<Record<string, Value>>,
  readText: (text: string) => Value,
): Record<string, Value> {
  const values = { ...usual };
  for (const [key, text] of query) {
    if (!key.startsWith(start)) continue;
    const name = key.slice(start.length);
    if (text === none) delete values[name];
    else values[name] = within(key, () => readText(text));
  }
  return values;
}

function readChange(text: string): RateChange {
  const [at = '', name = '', ...rates] = text.split(' ');
  const rule = readRule(name);
  const readOne = (each: string): [string, Rate] => {
    const [synapses = '', rate = ''] = each.split('=');
    return [synapses, parseRateWords(rate)];
  };
  return within('then', () => ({ at: number.read(at), rule, rates: Object.fromEntries(rates.map(readOne)) }));
}
