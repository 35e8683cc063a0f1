import { batchEnd, InputError } from '@apical/core';
import { isStream } from '@apical/data';
import { askedOf } from '../config/asked.ts';
import { defaultRunConfig } from '../config/default-config.ts';
import { type Batches, batchesOf, evaluationSchedule, evenSchedule } from '../config/evaluation-schedule.ts';
import { isWhole } from '../config/fields.ts';
import { parseRunConfig } from '../config/parse.ts';
import { namedRule, ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { isRecord, type Settings } from '../config/settings.ts';
import { synapseNamesIfAny } from '../config/synapse-names.ts';
import { assign, valueIn } from './assign.ts';
import { isOfPart, ownPart } from './own-part.ts';
import type { Study, Trial } from './study.ts';

/**
 * The config of a trial's run with a seed: the defaults of its rule, data set and network, then the study's base, then the trial's
 * settings. Rates, starts, optimisers and parameters that the rule has not are left out of the base. The last sample is always
 * evaluated, and the one that the objective is taken at. Where the search says how many samples, the last batch is learned whole.
 *
 * @throws InputError with the problems, one a line, of which each begins with a path: `rates.W1.eta0: must be …`
 */
export function trialConfig(study: Study, { settings, samples }: Trial, seed: number): RunConfig {
  const wanted = assignments(study, settings);
  const given: Record<string, unknown> = structuredClone({ ...study.base });
  for (const [path, value] of Object.entries(wanted)) if (!isOfPart(path)) assign(given, path, value);
  const { rule: text = 'bmvr', ruleModule } = given;
  const named =
    ruleModule === undefined ? namedRule(String(text)) : { rule: String(text), ruleModule: ruleModule as never };
  const rule = ruleOf(named);
  const part = { study, wanted };
  const parameters = ownPart('parameters', { ...part, defaults: {}, own: rule && Object.keys(rule.parameters) });
  const optimisers = ownPart('optimisers', { ...part, defaults: {}, own: undefined });

  const asked = askedOf({ ...given, parameters: undefined, optimisers: undefined, ...parameters, ...optimisers });
  const set = String(valueIn(given, 'data.set') ?? 'mnist');
  const defaults = namingPath(rule ? 'data.set' : 'rule', () => defaultRunConfig(named, set, asked));
  const names = synapseNamesIfAny(rule, defaults);
  const config: Record<string, unknown> = {
    ...structuredClone(defaults),
    ...given,
    ...named,
    data: isRecord(given.data) ? { ...defaults.data, ...given.data } : (given.data ?? defaults.data),
    ...ownPart('rates', { ...part, defaults: defaults.rates, own: names?.rates }),
    ...ownPart('initial', { ...part, defaults: defaults.initial, own: names?.starts }),
  };
  for (const [path, value] of Object.entries(wanted)) if (value === null && !isOfPart(path)) assign(config, path, null);
  for (const optional of ['parameters', 'optimisers']) delete config[optional];
  Object.assign(config, parameters, ownPart('optimisers', { ...part, defaults: {}, own: names?.rates }));
  const batches = batchesOf(defaults);
  if (samples !== undefined) config.samples = batchEnd(samples, batches.count, batches.batch);
  config.seed = seed;
  config.evaluateAt = evaluationPoints(study, set, config.samples, batches);
  return parseRunConfig(config, '');
}

/** What `make` gives; a mistake in it is one in the setting at a path. */
function namingPath<T>(path: string, make: () => T): T {
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

function evaluationPoints({ base, objective }: Study, set: string, samples: unknown, batches: Batches): unknown {
  if (!isWhole(samples) || samples < 1) return [];
  const usual = isStream(set) ? evenSchedule(samples) : evaluationSchedule(samples, undefined, batches);
  const wanted: unknown = base.evaluateAt ?? usual;
  if (!Array.isArray(wanted)) return wanted;
  const asked = typeof objective.at === 'number' ? [objective.at] : [];
  const points = [...wanted, ...asked].filter((at) => !(at > samples)).concat(samples);
  return [...new Set(points)].sort((a, b) => a - b);
}
