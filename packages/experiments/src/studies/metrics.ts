import { fittingProbes, InputError, type ProbedNetwork, probeReadings, type Rule } from '@apical/core';
import { namedRule, ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { hasObjective, readingsInTime } from '../runs/readings-in-time.ts';
import type { AxisValue, Study } from './study.ts';

/**
 * The metrics that runs of a study record, by their dotted paths in a line of `metrics.jsonl`: those that some combination of
 * its axes has, if not all.
 *
 * @param config of one of its runs
 */
export function metricsOf({ axes }: Study, config: RunConfig): string[] {
  const valuesOf = (path: string): readonly AxisValue[] =>
    axes.flatMap(({ sets, scale }) => (sets.includes(path) && scale.kind === 'values' ? scale.values : []));
  const rules = [ruleOf(config), ...valuesOf('rule').map((value) => ruleOf(namedRule(String(value))))];
  const networks = [...new Set(rules)].flatMap((rule) => {
    const { probes: _, rule: __, ...network } = config;
    return rule
      ? variants({ ...network, rule }, ['activation', 'decoupled', 'hidden', 'output', 'loss'], valuesOf)
      : [];
  });
  const readings = networks.flatMap((network) =>
    fittingOf(network)
      .filter((probe) => config.probes.includes(probe))
      .flatMap((probe) => probeReadings(probe, network)),
  );
  const inTime = [...new Set(rules)].filter((rule) => rule?.time !== undefined) as Rule[];
  if (inTime.length > 0) {
    const isMeasured = inTime.some((rule) => hasObjective(rule, config));
    const measured = inTime.flatMap((rule) => readingsInTime(rule, config)).map((name) => `probes.${name}`);
    return [...new Set([...(isMeasured ? ['objective'] : []), ...measured])];
  }
  const accuracies = Object.keys(config.accuracy).map((name) => `accuracy.${name}`);
  return [...new Set(['objective', ...accuracies, ...readings.map((name) => `probes.${name}`)])];
}

/** The network, and the same with all values that the axes have for these settings. */
function variants(
  network: ProbedNetwork,
  names: readonly (keyof ProbedNetwork)[],
  valuesOf: (name: string) => readonly AxisValue[],
): ProbedNetwork[] {
  const all: ProbedNetwork[] = [network];
  for (const name of names) {
    const values = valuesOf(name).map(listed);
    all.push(...values.flatMap((value) => all.map((each) => withValue(each, name, value))));
  }
  return all;
}

/** With a value in the place of another; null: without it. */
function withValue(network: ProbedNetwork, name: keyof ProbedNetwork, value: AxisValue | number[]): ProbedNetwork {
  const { [name]: _, ...others } = network;
  return (value === null ? others : { ...others, [name]: value }) as ProbedNetwork;
}

/** The value of `hidden` that a text is. */
function listed(value: AxisValue): AxisValue | number[] {
  return typeof value === 'string' && value.includes(',') ? value.split(',').map(Number) : value;
}

/** Combinations that no run has may be nonsense. */
function fittingOf(network: ProbedNetwork): string[] {
  try {
    return fittingProbes(network);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}
