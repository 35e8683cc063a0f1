import { InputError, ruleNames, ruleRates } from '@apical/core';
import { evaluationSchedule } from '../config/evaluation-schedule.ts';
import { parseRunConfig } from '../config/parse.ts';
import type { RunConfig } from '../config/run-config.ts';
import { isRecord, type Settings } from '../config/settings.ts';
import { defaultRunConfig } from '../figure-3/default-config.ts';
import type { Study, Trial } from './study.ts';

/**
 * The config of a trial's run with a seed: what Figure 3 has for its rule and data set, then the study's base, then the
 * trial's settings. Rates and initial weights of synapses that the rule has not are left out of the base. The last sample is
 * always evaluated, and the one that the objective is taken at.
 *
 * @throws InputError with the problems, one a line, of which each begins with a path: `rates.W1.eta0: must be …`
 */
export function trialConfig(study: Study, { settings, samples }: Trial, seed: number): RunConfig {
  const base: Record<string, unknown> = study.base;
  const wanted = assignments(study, settings);
  const given = (path: string) => wanted[path] ?? valueIn(base, path);
  const rule = String(given('rule') ?? 'bmvr');
  const set = String(given('data.set') ?? 'mnist');
  const defaults = named(ruleNames.includes(rule) ? 'data.set' : 'rule', () => defaultRunConfig(rule, set));
  const config: Record<string, unknown> = structuredClone({ ...defaults, ...base });
  const nonlinear = (given('activation') ?? 'linear') !== 'linear';
  if (nonlinear && base.ridge === undefined) config.ridge = 0;
  config.data = { ...defaults.data, ...(isRecord(base.data) && base.data) };
  for (const part of ['rates', 'initial'] as const) {
    const own = isRecord(base[part]) ? ownSynapses(rule, base[part]) : {};
    config[part] = structuredClone({ ...defaults[part], ...own });
  }
  for (const [path, value] of Object.entries(wanted)) if (!isForOthers(study, rule, path)) assign(config, path, value);
  if (samples !== undefined) config.samples = samples;
  config.seed = seed;
  config.evaluateAt = evaluationPoints(study, config, base.evaluateAt);
  return parseRunConfig(config, '');
}

/** What `make` gives; a mistake in it is one in the setting at a path. */
function named<T>(path: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof InputError ? new InputError(`: ${path}: ${error.message}`) : error;
  }
}

/** The values of the settings that the axes set. */
function assignments({ axes }: Study, settings: Settings): Settings {
  return Object.fromEntries(
    axes.flatMap(({ name, sets }) => (name in settings ? sets.map((path) => [path, settings[name]] as const) : [])),
  );
}

/** Whether a path is one of several that an axis sets, and of synapses that the rule has not: it is for other rules. */
function isForOthers({ axes }: Study, rule: string, path: string): boolean {
  const [part = '', synapses = ''] = path.split('.');
  if (!['rates', 'initial'].includes(part) || isOwn(rule, synapses)) return false;
  return axes.some(({ sets }) => sets.length > 1 && sets.includes(path));
}

function isOwn(rule: string, synapses: string): boolean {
  return [...ruleRates(rule), 'R'].includes(synapses);
}

function ownSynapses(rule: string, given: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => isOwn(rule, name)));
}

function evaluationPoints({ objective }: Study, { samples }: Record<string, unknown>, given: unknown): unknown {
  if (typeof samples !== 'number' || !Number.isSafeInteger(samples) || samples < 1) return [];
  const wanted: unknown = given ?? evaluationSchedule(samples);
  if (!Array.isArray(wanted)) return wanted;
  const asked = typeof objective.at === 'number' ? [objective.at] : [];
  const points = [...wanted, ...asked].filter((at) => !(at > samples)).concat(samples);
  return [...new Set(points)].sort((a, b) => a - b);
}

function valueIn(object: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, name) => (isRecord(inner) ? inner[name] : undefined), object);
}

function assign(config: Record<string, unknown>, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() as string;
  let place = config;
  for (const name of names) {
    const inner = place[name];
    if (!isRecord(inner)) throw new InputError(`: ${path}: there is no such setting`);
    place = inner;
  }
  place[last] = value;
}
