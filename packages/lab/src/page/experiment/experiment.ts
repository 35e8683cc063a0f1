import type { Initial, Rate } from '@apical/core';
import { evaluationSchedule, type Method, methods, parseRunConfig, type RunConfig } from '@apical/experiments';
import { ownPrefix } from '../data/own-data.ts';

/** What one of the rules that are compared has of its own. */
export interface MethodSettings {
  readonly inputs: RunConfig['data']['inputs'];
  readonly rates: Readonly<Record<string, Rate>>;
  readonly initial: Readonly<Record<string, Initial>>;
}

/** Rates that were changed while a network learned: from sample `at` on, `method` learns with these. */
export interface RateChange {
  readonly at: number;
  readonly method: Method;
  readonly rates: Readonly<Record<string, Rate>>;
}

/** Everything that determines what the page shows: one experiment, done with one rule or with several side by side. */
export interface Experiment {
  readonly set: string;
  readonly split: RunConfig['data']['split'];
  readonly labels: RunConfig['data']['labels'];
  readonly hidden: number;
  readonly activation: RunConfig['activation'];
  readonly meanRate: number | undefined;
  readonly decoupled: boolean;
  readonly ridge: number;
  readonly order: RunConfig['order'];
  readonly seed: number;
  /** The rules that learn. */
  readonly rules: readonly Method[];
  readonly settings: Readonly<Record<Method, MethodSettings>>;
  /** In the order in which they were made. */
  readonly changes: readonly RateChange[];
}

/**
 * The run of one rule, as the command line does it. `samples` is how many it has learned.
 * @throws InputError where the settings make no run
 */
export function runConfigOf(experiment: Experiment, method: Method, samples = 100_000): RunConfig {
  const { set, split, labels, activation, decoupled, ridge, order, seed } = experiment;
  const { inputs, rates, initial } = experiment.settings[method];
  const { R: startOfR, ...others } = initial;
  const config = {
    rule: method,
    data: { set, split, inputs, labels },
    ...circuitOptions(experiment, method),
    ridge: activation === 'linear' ? ridge : 0,
    rates,
    initial: { ...others, ...(startOfR && decoupled && { R: startOfR }) },
    order,
    samples: Math.max(1, samples),
    evaluateAt: evaluationSchedule(Math.max(1, samples)),
    accuracy: {},
    probes: [],
    seed,
  };
  if (!set.startsWith(ownPrefix)) return parseRunConfig(config, 'settings');
  // Data of one's own have no name that a config can hold; all else is checked.
  const checked = parseRunConfig({ ...config, data: { ...config.data, set: 'mnist' } }, 'settings');
  return { ...checked, data: config.data };
}

/** The circuit of a rule in the experiment. */
export function circuitOptions({ hidden, activation, meanRate, decoupled }: Experiment, method: Method) {
  return {
    hidden,
    activation,
    ...(meanRate !== undefined && activation !== 'linear' && { meanRate }),
    decoupled: decoupled && method === 'bmvr',
  };
}

/** The rates with which a method learns after so many samples. */
export function ratesAt({ settings, changes }: Experiment, method: Method, samples: number): MethodSettings['rates'] {
  return changes.reduce(
    (rates, change) => (change.method === method && change.at <= samples ? change.rates : rates),
    settings[method].rates,
  );
}

/** The experiment begun anew with the rates that it has now. */
export function withPresentRates(experiment: Experiment): Experiment {
  const settings = Object.fromEntries(
    methods.map((method) => [
      method,
      { ...experiment.settings[method], rates: ratesAt(experiment, method, Number.POSITIVE_INFINITY) },
    ]),
  ) as unknown as Experiment['settings'];
  return { ...experiment, settings, changes: [] };
}

/** The experiment in which a run of this config is done, by its rule alone; what it does not say is as in `base`. */
export function withConfig(base: Experiment, config: RunConfig): Experiment {
  const { rule, data, hidden, activation, meanRate, decoupled, ridge, order, seed, rates, initial } = config;
  const { set, split, inputs, labels } = data;
  const method = methods.find((each) => each === rule)!;
  return {
    ...{ set, split, labels, hidden, activation, meanRate, decoupled, ridge, order, seed },
    rules: [method],
    settings: { ...base.settings, [method]: { inputs, rates, initial } },
    changes: [],
  };
}

/** Whether networks of the one experiment can go on in the other: all is the same but for changes of rates. */
export function sameStart(a: Experiment, b: Experiment): boolean {
  return JSON.stringify({ ...a, changes: [] }) === JSON.stringify({ ...b, changes: [] });
}
