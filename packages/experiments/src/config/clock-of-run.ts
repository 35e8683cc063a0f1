import { ruleOf } from './rule-of.ts';
import type { RunConfig } from './run-config.ts';

/** How the steps of a run are time. */
export interface Clock {
  /** What dt, and all other times, are in. */
  readonly unit: 'ms' | 's';
  readonly dt: number;
  /** The time after so many steps, without what dt adds beyond its digits. */
  time(steps: number): number;
}

/** The clock of a run in time; undefined where its rule is not one. */
export function clockOfRun(config: Pick<RunConfig, 'rule' | 'ruleModule' | 'parameters'>): Clock | undefined {
  const rule = ruleOf(config);
  if (rule?.time === undefined) return undefined;
  const dt = Number(config.parameters?.dt ?? rule.parameters.dt?.default);
  return { unit: rule.time.unit, dt, time: (steps) => Number((steps * dt).toPrecision(9)) };
}
