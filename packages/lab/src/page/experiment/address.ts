import { type Initial, InputError, type Rate } from '@apical/core';
import { type Method, methods } from '@apical/experiments';
import { writeInitial, writeRate } from './command-line.ts';
import { type Experiment, type MethodSettings, type RateChange, runConfigOf } from './experiment.ts';
import { defaultPreset, findPreset, type Preset } from './presets.ts';

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

/** How a setting is written, and read again. */
interface Field<T> {
  write(value: T): string;
  read(text: string): T;
}

const word: Field<string> = { write: (value) => value, read: (text) => text };
const number: Field<number> = {
  write: String,
  read: (text) => {
    if (text.trim() === '' || !Number.isFinite(Number(text))) throw new InputError(`"${text}" is no number`);
    return Number(text);
  },
};
const optionalNumber: Field<number | undefined> = {
  write: (value) => (value === undefined ? 'none' : String(value)),
  read: (text) => (text === 'none' ? undefined : number.read(text)),
};
const flag: Field<boolean> = {
  write: (value) => (value ? 'yes' : 'no'),
  read: (text) => {
    if (text !== 'yes' && text !== 'no') throw new InputError(`"${text}" is neither yes nor no`);
    return text === 'yes';
  },
};

const fields = {
  set: word,
  split: word,
  labels: word,
  hidden: number,
  activation: word,
  meanRate: optionalNumber,
  decoupled: flag,
  ridge: number,
  order: word,
  seed: number,
} as const;

/** The query that says all of it; what is as in the preset is left out. */
export function writeAddress({ preset, experiment, at, weights }: Address): string {
  const query = new URLSearchParams({ preset: preset.name });
  const base = preset.experiment;
  for (const [name, field] of Object.entries(fields) as [keyof typeof fields, Field<unknown>][]) {
    if (experiment[name] !== base[name]) query.set(name, field.write(experiment[name]));
  }
  if (experiment.rules.join() !== base.rules.join()) query.set('rules', experiment.rules.join(' '));
  for (const method of methods) {
    const [own, theirs] = [experiment.settings[method], base.settings[method]];
    if (own.inputs !== theirs.inputs) query.set(`${method}.inputs`, own.inputs);
    for (const [kind, write] of [
      ['rates', writeRate],
      ['initial', writeInitial],
    ] as const) {
      for (const [synapses, value] of Object.entries(own[kind])) {
        const text = write(value as Rate & Initial);
        const same = theirs[kind][synapses] && write(theirs[kind][synapses] as Rate & Initial) === text;
        if (!same) query.set(`${method}.${kind}.${synapses}`, text);
      }
    }
  }
  for (const { at: sample, method, rates } of experiment.changes) {
    const written = Object.entries(rates).map(([synapses, rate]) => `${synapses}=${writeRate(rate)}`);
    query.append('then', [sample, method, ...written].join(' '));
  }
  if (weights !== undefined) query.set('weights', ownWeights + weights);
  if (at > 0) query.set('at', String(at));
  return `?${query}`.replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%3D', '=');
}

/**
 * What the query says; nothing says the default preset.
 * @throws InputError where it says no experiment: what is wrong, and where
 */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  checkNames(query);
  const named = query.get('preset');
  const preset = named === null ? defaultPreset : findPreset(named);
  if (!preset) throw new InputError(`the address names a preset "${named}", which there is not`);
  const read = <T>(name: string, field: Field<T>, otherwise: T): T => {
    const text = query.get(name);
    try {
      return text === null ? otherwise : field.read(text);
    } catch (error) {
      throw new InputError(`the address: ${name}: ${(error as Error).message}`);
    }
  };
  const base = preset.experiment;
  const shared = Object.fromEntries(
    (Object.entries(fields) as [keyof typeof fields, Field<unknown>][]).map(([name, field]) => [
      name,
      read(name, field, base[name]),
    ]),
  ) as unknown as Omit<Experiment, 'rules' | 'settings' | 'changes'>;
  const settings = Object.fromEntries(
    methods.map((method) => [method, readSettings(query, method, base.settings[method])]),
  ) as unknown as Experiment['settings'];
  const experiment: Experiment = {
    ...shared,
    rules: query.get('rules')?.split(' ').map(readMethod) ?? base.rules,
    settings,
    changes: query.getAll('then').map(readChange),
  };
  for (const method of methods) runConfigOf(experiment, method);
  const at = read('at', number, 0);
  if (!Number.isSafeInteger(at) || at < 0) throw new InputError(`the address: at: must be a whole number, not ${at}`);
  const mark = query.get('weights');
  if (mark !== null && !mark.startsWith(ownWeights)) {
    throw new InputError(`the address: weights: must be as the page marks those from a file, not "${mark}"`);
  }
  return { preset, experiment, at, ...(mark !== null && { weights: mark.slice(ownWeights.length) }) };
}

/** @throws InputError where the query has a name that is none of an address's */
function checkNames(query: URLSearchParams): void {
  const known = ['preset', 'rules', 'then', 'weights', 'at', ...Object.keys(fields)];
  for (const name of query.keys()) {
    const [owner = '', kind = '', ...more] = name.split('.');
    const isOfMethod =
      methods.some((method) => method === owner) &&
      ((kind === 'inputs' && more.length === 0) || (['rates', 'initial'].includes(kind) && more.length === 1));
    if (!known.includes(name) && !isOfMethod) {
      throw new InputError(`the address: ${name}: there is no such setting; there are ${known.join(', ')}`);
    }
  }
}

/** @throws InputError where there is no such rule */
function readMethod(name: string): Method {
  const method = methods.find((each) => each === name);
  if (!method) throw new InputError(`the address: there is no rule "${name}"; there are ${methods.join(', ')}`);
  return method;
}

function readSettings(query: URLSearchParams, method: Method, base: MethodSettings): MethodSettings {
  const rates = { ...base.rates };
  const initial = { ...base.initial };
  for (const [key, text] of query) {
    const [owner, kind, synapses = ''] = key.split('.');
    if (owner !== method) continue;
    if (kind === 'rates') rates[synapses] = readRate(text);
    if (kind === 'initial') initial[synapses] = readInitial(text);
  }
  return { inputs: (query.get(`${method}.inputs`) ?? base.inputs) as MethodSettings['inputs'], rates, initial };
}

function readRate(text: string): Rate {
  const [eta0 = '', t0] = text.split(':');
  return t0 === undefined ? { eta0: number.read(eta0) } : { eta0: number.read(eta0), t0: number.read(t0) };
}

function readInitial(text: string): Initial {
  const [kind, value = ''] = text.split(':');
  if (kind === 'normal') return { normal: number.read(value) };
  if (kind === 'identity') return { identity: number.read(value) };
  throw new InputError(`the address: weights start as "${text}", which is neither normal nor identity`);
}

function readChange(text: string): RateChange {
  const [at = '', name = '', ...rates] = text.split(' ');
  const method = readMethod(name);
  const read = rates.map((each) => {
    const [synapses = '', rate = ''] = each.split('=');
    return [synapses, readRate(rate)] as const;
  });
  return { at: number.read(at), method, rates: Object.fromEntries(read) };
}
