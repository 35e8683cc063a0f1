import { type FixedSynapses, weightName } from '../circuit/synapses.ts';
import { InputError } from '../errors.ts';
import type { Optimiser } from './optimiser.ts';
import type { Rate } from './schedule.ts';

/** How one set of synapses learns. */
export interface Plasticity {
  readonly rate: Rate;
  readonly optimiser: Optimiser;
}

/** What says how a network's synapses learn. */
export interface PlasticityOptions {
  /**
   * Learning rates by the names of synapses, or by what their names have before their numbers: `W` is for W1, W2, … that have no
   * rate of their own. Synapses without one learn at the rate of others as the rule says: biases b_l at that of W_l.
   */
  readonly rates: Readonly<Record<string, Rate>>;
  /** Of all synapses that are not named in `optimisers`. Default `plain`. */
  readonly optimiser?: Optimiser;
  /** By names, as in `rates`. */
  readonly optimisers?: Readonly<Record<string, Optimiser>>;
}

/** What the name of synapses has before its number: W of W1. */
export function groupOf(name: string): string {
  return name.replace(/\d+$/, '');
}

/** The synapses that learn, by the names of their weights. */
export function plasticOf(
  synapses: readonly FixedSynapses<string, string>[],
): readonly FixedSynapses<string, string>[] {
  return synapses.filter(({ plastic }) => plastic);
}

/**
 * How each of the synapses that can learn does so, by the name of its weights.
 * @param rule its name, for messages
 * @throws InputError for rates that are missing, and for names that are those of no synapses
 */
export function plasticityOf(
  rule: string,
  synapses: readonly FixedSynapses<string, string>[],
  { rates, optimiser = { kind: 'plain' }, optimisers = {} }: PlasticityOptions,
): ReadonlyMap<string, Plasticity> {
  const plastic = plasticOf(synapses);
  const names = plastic.map(({ name }) => weightName(name));
  checkNames('rates', rule, names, rates);
  checkNames('optimisers', rule, names, optimisers);
  const missing = plastic.filter((each) => rateOf(each, rates) === undefined && each.options.rateOf === undefined);
  if (missing.length > 0) {
    const [first] = missing.map(({ name }) => weightName(name));
    const needed = names.filter((_, i) => plastic[i]?.options.rateOf === undefined).join(', ');
    throw new InputError(`rates.${first} is missing: ${rule} needs ${needed}`);
  }
  return new Map(
    plastic.map((each) => {
      const name = weightName(each.name);
      const rate = rateOf(each, rates);
      if (!rate) throw new InputError(`rates.${each.options.rateOf} is missing: ${name} learns at that rate`);
      return [name, { rate, optimiser: optimiserOf(each, named(name, optimisers) ?? optimiser) }];
    }),
  );
}

/** The name of a rate is one that a set of synapses can have: its own, its group's, or those of the synapses whose rate it takes. */
export function rateNames(synapses: readonly FixedSynapses<string, string>[]): readonly string[] {
  const names = plasticOf(synapses).map(({ name }) => weightName(name));
  return [...new Set([...names, ...names.map(groupOf)])];
}

function rateOf({ name, options }: FixedSynapses<string, string>, rates: PlasticityOptions['rates']): Rate | undefined {
  const own = named(weightName(name), rates);
  return own ?? (options.rateOf === undefined ? undefined : named(options.rateOf, rates));
}

/** What is given for the name, or else for its group. */
function named<Value>(name: string, given: Readonly<Record<string, Value>>): Value | undefined {
  return given[name] ?? given[groupOf(name)];
}

function optimiserOf({ options }: FixedSynapses<string, string>, given: Optimiser): Optimiser {
  if (options.plain) return { kind: 'plain' };
  if (!options.bias) return given;
  const { weightDecay: _, ...others } = given;
  return others as Optimiser;
}

function checkNames(what: string, rule: string, names: readonly string[], given: object): void {
  for (const name of Object.keys(given)) {
    if (names.includes(name) || names.some((each) => groupOf(each) === name)) continue;
    throw new InputError(
      `${what}.${name}: ${rule} has no such ${what === 'rates' ? 'rate' : 'synapses'}, only ${names.join(', ')}`,
    );
  }
}
