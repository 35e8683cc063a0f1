import { fittingProbes, type ProbedNetwork, probeReadings, ruleNames } from '@apical/core';
import type { RunConfig } from '../config/run-config.ts';
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
  const rules = ruleNames.filter((rule) => [config.rule, ...valuesOf('rule')].includes(rule));
  const activations = [config.activation, ...valuesOf('activation')] as RunConfig['activation'][];
  const networks = rules.flatMap((rule) =>
    activations.flatMap((activation) =>
      [config.decoupled, ...valuesOf('decoupled')].map((decoupled): ProbedNetwork => {
        return { rule, activation, decoupled: decoupled === true };
      }),
    ),
  );
  const readings = networks.flatMap((network) =>
    fittingProbes(network)
      .filter((probe) => config.probes.includes(probe))
      .flatMap((probe) => probeReadings(probe, network)),
  );
  const accuracies = Object.keys(config.accuracy).map((name) => `accuracy.${name}`);
  return [...new Set(['objective', ...accuracies, ...readings.map((name) => `probes.${name}`)])];
}
