import type {
  ActivationFunction,
  ClassLabels,
  Initial,
  Loss,
  Optimiser,
  Order,
  OutputFunction,
  ParameterValue,
  Rate,
} from '@apical/core';
import type { RunConfig } from '@apical/experiments';

/** What one of the rules that are compared has of its own. */
export interface RuleSettings {
  readonly inputs: RunConfig['data']['inputs'];
  readonly rates: Readonly<Record<string, Rate>>;
  /** How synapses start; those that are left out start as the rule says. */
  readonly initial: Readonly<Record<string, Initial>>;
  /** The rule's parameters; those that are left out are as the rule says. */
  readonly parameters: Readonly<Record<string, ParameterValue>>;
}

/** Rates that were changed while a network learned: from sample `at` on, `rule` learns with these. */
export interface RateChange {
  readonly at: number;
  readonly rule: string;
  readonly rates: Readonly<Record<string, Rate>>;
}

/** Everything that determines what the page shows: one experiment, done with one rule or with several side by side. */
export interface Experiment {
  readonly set: string;
  readonly split: RunConfig['data']['split'];
  readonly labels: ClassLabels;
  /** k, or the units of each of several hidden layers, from the input up. */
  readonly hidden: number | readonly number[];
  readonly activation: ActivationFunction;
  readonly meanRate: number | undefined;
  readonly output: OutputFunction;
  /** Undefined: squared error with linear outputs, else cross-entropy. */
  readonly loss: Loss | undefined;
  /** Undefined: all networks have them but those of one hidden layer with linear outputs. */
  readonly biases: boolean | undefined;
  /** How many samples are learned at once. */
  readonly batch: number;
  /** Undefined: plain steps. */
  readonly optimiser: Optimiser | undefined;
  readonly ridge: number;
  /** Whether products are added without being rounded before. */
  readonly fused: boolean;
  readonly order: Order;
  readonly seed: number;
  /** The rules that learn, by their names in the registry of rules. */
  readonly rules: readonly string[];
  /** Those of the rules that learn, and of others that were set. */
  readonly settings: Readonly<Record<string, RuleSettings>>;
  /** In the order in which they were made. */
  readonly changes: readonly RateChange[];
}

/** The settings of a rule of the experiment. */
export function settingsOf({ settings }: Experiment, rule: string): RuleSettings {
  const own = settings[rule];
  if (!own) throw new TypeError(`the experiment has no settings of ${rule}`);
  return own;
}

/** The rates with which a rule learns after so many samples. */
export function ratesAt(experiment: Experiment, rule: string, samples: number): RuleSettings['rates'] {
  return experiment.changes.reduce(
    (rates, change) => (change.rule === rule && change.at <= samples ? change.rates : rates),
    settingsOf(experiment, rule).rates,
  );
}

/** The experiment begun anew with the rates that it has now. */
export function withPresentRates(experiment: Experiment): Experiment {
  const settings = Object.fromEntries(
    Object.entries(experiment.settings).map(([rule, own]) => [
      rule,
      { ...own, rates: ratesAt(experiment, rule, Number.POSITIVE_INFINITY) },
    ]),
  );
  return { ...experiment, settings, changes: [] };
}

/** The experiment with these settings of a rule. */
export function withSettings(experiment: Experiment, rule: string, settings: RuleSettings): Experiment {
  return { ...experiment, settings: { ...experiment.settings, [rule]: settings } };
}

/** The experiment with some of the settings of one of its rules changed. */
export function withChanged(experiment: Experiment, rule: string, settings: Partial<RuleSettings>): Experiment {
  return withSettings(experiment, rule, { ...settingsOf(experiment, rule), ...settings });
}

/** Whether networks of the one experiment can go on in the other: all is the same but for changes of rates. */
export function sameStart(a: Experiment, b: Experiment): boolean {
  return JSON.stringify({ ...a, changes: [] }) === JSON.stringify({ ...b, changes: [] });
}
