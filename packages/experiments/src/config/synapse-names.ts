import { groupOf, type Initial, InputError, layOut, type Rule, rateNames, weightName } from '@apical/core';
import { mismatch } from './fields.ts';
import { type CircuitConfig, circuitSettings } from './network-options.ts';
import { isRecord } from './settings.ts';
import { suggestion } from './suggestion.ts';

/** The synapses that a rule has in a network, by the names of their weights. */
export interface SynapseNames {
  readonly all: readonly string[];
  /** Those that learn. */
  readonly plastic: readonly string[];
  /** Those of which each needs a rate, its own or its group's; others learn at theirs. */
  readonly rated: readonly string[];
  /** Names that rates and optimisers can have: of what learns, and of groups. */
  readonly rates: readonly string[];
  /** Names that starts can have: of all, and of groups. */
  readonly starts: readonly string[];
  /** Those that run from where others end to where they begin, and how the rule has them start. */
  readonly feedback: readonly { readonly name: string; readonly against: string; readonly start: Initial }[];
}

const known = new Map<string, SynapseNames>();
/** As many networks are remembered: studies check thousands that are alike. */
const mostKnown = 256;

/** @throws InputError for a network that the rule cannot have */
export function synapseNames(rule: Rule, config: CircuitConfig): SynapseNames {
  const settings = circuitSettings(config);
  // Rules of modules may share a name with others that were loaded before.
  const key = JSON.stringify([rule.name, rule.build.toString(), settings]);
  const found = known.get(key);
  if (found) return found;
  const { allSynapses } = layOut(rule, settings).circuit;
  const all = allSynapses.map(({ name }) => weightName(name));
  const plastic = allSynapses.filter((each) => each.plastic);
  const names: SynapseNames = {
    all,
    plastic: plastic.map(({ name }) => weightName(name)),
    rated: plastic.filter(({ options }) => options.rateOf === undefined).map(({ name }) => weightName(name)),
    rates: rateNames(allSynapses),
    starts: [...new Set([...all, ...all.map(groupOf)])],
    feedback: allSynapses.flatMap(({ name, pre, post, initial }, i) => {
      if ('of' in initial || 'channel' in initial) return [];
      const against = allSynapses
        .slice(0, i)
        .find((other) => other.pre.name === post.name && other.post.name === pre.name);
      return against ? [{ name: weightName(name), against: weightName(against.name), start: initial }] : [];
    }),
  };
  if (known.size >= mostKnown) known.clear();
  known.set(key, names);
  return names;
}

/** What of a config has names of synapses. */
type Named = Readonly<Record<string, unknown>>;

/** What is wrong with the names that settings have for synapses, and which are missing: `rates.Q: is missing; …`. */
export function synapseProblems(rule: string, names: SynapseNames, { rates, initial, optimisers }: Named): string[] {
  return [
    ...misnamed('rates', rates, names.rates, names),
    ...missing(rule, rates, names),
    ...misnamed('optimisers', optimisers, names.rates, names),
    ...misnamed('initial', initial, names.starts, names),
  ];
}

function misnamed(what: string, given: unknown, allowed: readonly string[], names: SynapseNames): string[] {
  if (!isRecord(given)) return [];
  return Object.keys(given).flatMap((name) => {
    if (allowed.includes(name)) return [];
    const isFixed = names.starts.includes(name);
    const hint = suggestion(name, allowed) || `; there are ${allowed.join(', ')}`;
    return [
      isFixed
        ? `${what}.${name}: these synapses never learn; those that do are ${names.plastic.join(', ')}`
        : `${what}.${name}: there is no such setting${hint}`,
    ];
  });
}

function missing(rule: string, given: unknown, { rated }: SynapseNames): string[] {
  if (!isRecord(given)) return [];
  const without = rated.filter((name) => given[name] === undefined && given[groupOf(name)] === undefined);
  const [first] = without;
  if (first === undefined) return [];
  if (rated.length === 1 || without.length === 1) return [`rates.${first}: ${mismatch('an object', undefined)}`];
  const group = groupOf(first);
  const forAll =
    without.filter((name) => groupOf(name) === group).length > 1 ? `; rates.${group} is for all ${group}` : '';
  return [`rates.${first}: is missing: ${rule} needs rates of ${rated.join(', ')}${forAll}`];
}

/** What was given by name, in the order of the names. */
export function inOrder<Value>(given: Record<string, Value>, names: readonly string[]): Record<string, Value> {
  const place = (name: string) => (names.includes(name) ? names.indexOf(name) : names.length);
  return Object.fromEntries(Object.entries(given).sort(([a], [b]) => place(a) - place(b)));
}

/**
 * What is given, and of the others those that it says nothing of: a group's value is one for all that it has, so that what was there for
 * these goes.
 */
export function laidOver<Value>(others: Record<string, Value>, given: Record<string, Value>): Record<string, Value> {
  const kept = Object.entries(others).filter(([name]) => !Object.hasOwn(given, groupOf(name)));
  return { ...Object.fromEntries(kept), ...given };
}

/** As `synapseNames`; undefined for a network that the rule cannot have. */
export function synapseNamesIfAny(rule: Rule | undefined, config: CircuitConfig): SynapseNames | undefined {
  if (rule === undefined) return undefined;
  try {
    return synapseNames(rule, config);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
