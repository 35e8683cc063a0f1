import { layOut, parameterValues, type Rule, weightName } from '@apical/core';
import { circuitSettings } from '../config/network-options.ts';
import type { RunConfig } from '../config/run-config.ts';

/**
 * What evaluations of a run in time have among their `probes`: how far the signals are apart that the rule compares, and how weights are
 * distributed: see `Differences` and `weightReadings`.
 */
export function readingsInTime(rule: Rule, config: RunConfig): string[] {
  const differences = Object.keys(comparedBy(rule, config)).flatMap((name) => [`rms.${name}`, `mean.${name}`]);
  const { allSynapses } = layOut(rule, circuitSettings(config)).circuit;
  const weights = allSynapses
    .filter(({ plastic }) => plastic)
    .flatMap(({ name, options }) =>
      ['mean', 'sd', 'min', 'max', ...(options.bounds ? ['extreme'] : [])].map(
        (what) => `weights.${weightName(name)}.${what}`,
      ),
    );
  return [...differences, ...weights];
}

/** The pairs of signals that a rule in time compares: the first is what its objective is of. */
export function comparedBy(
  rule: Rule,
  { parameters }: Pick<RunConfig, 'parameters'>,
): Readonly<Record<string, readonly [string, string]>> {
  return rule.time?.compared?.(parameterValues(rule.name, rule.parameters, parameters)) ?? {};
}
