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

/** Whether a run has an objective: one in time has none where its rule compares no signals. */
export function hasObjective(rule: Rule | undefined, config: Pick<RunConfig, 'parameters'>): boolean {
  return rule?.time === undefined || Object.keys(comparedBy(rule, config)).length > 0;
}

/**
 * What a reading of a run in time is in, where the rule says it: a difference is in what its signals are in, the objective, a
 * mean square, in the square of that, weights in what their synapses are. A share of weights has none.
 */
export function unitOfReading(
  rule: Rule | undefined,
  config: Pick<RunConfig, 'parameters'>,
  name: string,
): string | undefined {
  if (rule?.time === undefined) return undefined;
  const [, kind = '', of = '', what] = /^(rms|mean|weights)\.(.*?)(?:\.([a-z]+))?$/.exec(name) ?? [];
  const units = rule.time.units ?? {};
  if (kind === 'weights') return what === 'extreme' ? undefined : units[of];
  const compared = comparedBy(rule, config);
  const isObjective = name === 'objective';
  const [signal] = (isObjective ? Object.values(compared)[0] : compared[of]) ?? [];
  const unit = signal === undefined ? undefined : units[signal];
  if (unit === undefined || unit === '1') return undefined;
  return isObjective ? squared(unit) : unit;
}

/** "mV²", "(1/ms)²". */
function squared(unit: string): string {
  return `${/^\w+$/.test(unit) ? unit : `(${unit})`}²`;
}

/** The pairs of signals that a rule in time compares: the first is what its objective is of. */
export function comparedBy(
  rule: Rule,
  { parameters }: Pick<RunConfig, 'parameters'>,
): Readonly<Record<string, readonly [string, string]>> {
  return rule.time?.compared?.(parameterValues(rule.name, rule.parameters, parameters)) ?? {};
}
