import { findRule, groupOf, isValueOf, layersOf, layOut } from '@apical/core';
import { defaultRunConfig, type RunConfig } from '@apical/experiments';
import { circuitOptions, refusalOf, synapseNames } from './circuit.ts';
import { isKnownSet, isNumberSet, labelsFor, namedData } from './data-of.ts';
import { type Experiment, type RuleSettings, settingsOf, withChanged, withSettings } from './experiment.ts';

/** The config with which the command would do what is learned, where nothing is said of rates, starts and inputs. */
export function usualConfig(experiment: Experiment, rule: string): RunConfig {
  const { set, split, labels, batch, optimiser } = experiment;
  const known = isKnownSet(set) ? set : 'mnist';
  return defaultRunConfig(rule, known, {
    ...circuitOptions(experiment, rule),
    ...(batch !== 1 && { batch }),
    ...(optimiser && { optimiser }),
    data: { ...namedData(known), split, labels: labelsFor(known, rule, labels) },
  });
}

/** The labels that a preset's experiment has with these outputs: what is from 0 to 1 learns one-hot labels. */
export function usualLabels(preset: Experiment, { output }: Pick<Experiment, 'output'>): Experiment['labels'] {
  return output === 'linear' ? preset.labels : 'one-hot';
}

/**
 * The experiment with settings of all its rules that fit their networks: what their circuits do not have is left out, and what is
 * missing is as usual: as in the preset, or else as the command has it.
 *
 * @param preset the experiment that it began from
 * @param before the experiment that it was made from: where networks are of another kind there, its settings are not kept
 */
export function fitted(experiment: Experiment, preset: Experiment, before: Experiment = experiment): Experiment {
  const isOther = !isOfKind(experiment, before);
  const parameters = (rule: string) => experiment.settings[rule]?.parameters ?? {};
  const base: Experiment = {
    ...experiment,
    ...((experiment.output === 'linear') !== (before.output === 'linear') && {
      labels: usualLabels(preset, experiment),
    }),
    settings: isOther ? {} : experiment.settings,
  };
  let fitting = base;
  for (const rule of base.rules) {
    const own = fitting.settings[rule] ?? usualSettings(fitting, preset, rule, parameters(rule));
    fitting = withSettings(fitting, rule, fittedSettings(fitting, preset, rule, own));
    if (isNumberSet(experiment.set) !== isNumberSet(before.set)) {
      fitting = withChanged(fitting, rule, { inputs: usualInputs(fitting, preset, rule) });
    }
  }
  return fitting;
}

/** How inputs are prepared where nothing is said: numbers as the command has it, images as the preset has it. */
function usualInputs(experiment: Experiment, preset: Experiment, rule: string): RuleSettings['inputs'] {
  const { parameters } = settingsOf(experiment, rule);
  return isNumberSet(experiment.set)
    ? usualConfig(experiment, rule).data.inputs
    : usualSettings(experiment, preset, rule, parameters).inputs;
}

/** The settings of a rule with these parameters, as they are where nothing else is said of them. */
export function usualSettings(
  experiment: Experiment,
  preset: Experiment,
  rule: string,
  parameters: RuleSettings['parameters'] = {},
): RuleSettings {
  const known = isOfKind(experiment, preset) ? preset.settings[rule] : undefined;
  if (known) return { ...known, parameters };
  const bare = withBare(experiment, rule, parameters);
  if (refusalOf(bare, rule) !== undefined) return settingsOf(bare, rule);
  const { data, rates, initial } = usualConfig(bare, rule);
  const relative = isOfKind(experiment, preset) ? relativeOf(bare, preset, rule) : undefined;
  const { starts } = synapseNames(bare, rule);
  const of = <Value>(values: Readonly<Record<string, Value>> = {}) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => starts.includes(name)));
  return {
    inputs: relative?.inputs ?? data.inputs,
    rates: { ...rates, ...of(relative?.rates) },
    initial: { ...initial, ...of(relative?.initial) },
    parameters,
  };
}

/** The experiment in which these rules have these parameters, and all else as usual. */
export function asUsual(
  experiment: Experiment,
  preset: Experiment,
  parameters: Readonly<Record<string, RuleSettings['parameters']>>,
): Experiment {
  const usual = Object.entries(parameters).map(
    ([rule, own]) => [rule, usualSettings(experiment, preset, rule, own)] as const,
  );
  const names = usual.map(([rule]) => rule);
  const { rules } = experiment;
  return { ...fitted({ ...experiment, rules: names, settings: Object.fromEntries(usual) }, preset), rules };
}

/** The experiment with other parameters of a rule: what was as usual with those before is as usual with these. */
export function withParameters(
  experiment: Experiment,
  preset: Experiment,
  rule: string,
  parameters: RuleSettings['parameters'],
): Experiment {
  const own = settingsOf(experiment, rule);
  const [before, after] = [own.parameters, parameters].map((values) => usualSettings(experiment, preset, rule, values));
  const follow = <Value>(kind: 'rates' | 'initial', values: Readonly<Record<string, Value>>) => {
    const others = only(values, (name, value) => JSON.stringify(value) !== JSON.stringify(before?.[kind][name]));
    return { ...(after?.[kind] as Readonly<Record<string, Value>>), ...others };
  };
  const rates = follow('rates', own.rates);
  return withSettings(experiment, rule, { ...own, rates, initial: follow('initial', own.initial), parameters });
}

/** The settings with what the rule's circuit has, and all that it needs. */
function fittedSettings(experiment: Experiment, preset: Experiment, rule: string, own: RuleSettings): RuleSettings {
  const known = findRule(rule).parameters;
  const parameters = only(own.parameters, (name, value) => name in known && isValueOf(known[name]!, value));
  const bare = withBare(experiment, rule, parameters);
  if (refusalOf(bare, rule) !== undefined) return own;
  const { rated, rates: names, starts } = synapseNames(bare, rule);
  const has = (name: string) => name in own.rates || groupOf(name) in own.rates;
  const missing = rated.filter((name) => !has(name));
  const usual = missing.length > 0 ? ratesFor(missing, bare, preset, rule) : {};
  const rates = inOrder({ ...own.rates, ...usual }, names);
  return { ...own, rates, initial: inOrder(own.initial, starts), parameters };
}

/** Rates of synapses that have none. */
function ratesFor(
  names: readonly string[],
  experiment: Experiment,
  preset: Experiment,
  rule: string,
): RuleSettings['rates'] {
  const { parameters } = settingsOf(experiment, rule);
  const usual = {
    ...usualConfig(experiment, rule).rates,
    ...usualSettings(experiment, preset, rule, parameters).rates,
  };
  return Object.fromEntries(
    names.map((name) => {
      const found = usual[name] ? name : groupOf(name);
      const rate = usual[found];
      if (!rate) throw new TypeError(`${rule} has no usual rate of ${name}`);
      return [found, rate];
    }),
  );
}

/** The settings of that rule of the preset whose synapses are most like those of another: the same between the same populations. */
function relativeOf(experiment: Experiment, preset: Experiment, rule: string): RuleSettings | undefined {
  const own = new Set(waysOf(experiment, rule));
  const shared = (other: string) => waysOf(preset, other).filter((way) => own.has(way)).length;
  const [nearest] = preset.rules.toSorted((a, b) => shared(b) - shared(a));
  return nearest !== undefined && shared(nearest) > 0 ? preset.settings[nearest] : undefined;
}

/** The synapses of a rule, each with what it joins. */
function waysOf(experiment: Experiment, rule: string): string[] {
  const { circuit } = layOut(findRule(rule), circuitOptions(experiment, rule));
  return circuit.allSynapses.map(({ name, pre, post }) => `${name}: ${pre.name} to ${post.name}`);
}

/** The experiment with nothing set of a rule but its parameters. */
function withBare(experiment: Experiment, rule: string, parameters: RuleSettings['parameters']): Experiment {
  return withSettings(experiment, rule, { inputs: 'raw', rates: {}, initial: {}, parameters });
}

/** Whether rates and starts of the one experiment's networks are for those of the other, too. */
export function isOfKind(a: Experiment, b: Experiment): boolean {
  const kind = ({ hidden, output, loss, biases, batch, optimiser }: Experiment) =>
    JSON.stringify([layersOf(hidden).length, output, loss, biases, batch === 1, optimiser?.kind ?? 'plain']);
  return kind(a) === kind(b);
}

function only<Value>(
  values: Readonly<Record<string, Value>>,
  keeps: (name: string, value: Value) => boolean,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => keeps(name, value)));
}

/** What has these names, in their order. */
function inOrder<Value>(values: Readonly<Record<string, Value>>, names: readonly string[]): Record<string, Value> {
  return Object.fromEntries(names.flatMap((name) => (name in values ? [[name, values[name]!]] : [])));
}
