import { type Loss, type OutputFunction, usualArchitecture } from '@apical/core';
import { ruleOf } from './rule-of.ts';
import type { RunConfig } from './run-config.ts';

/** What the output units of a run's network make of their current. */
export function outputOfRun(config: Pick<RunConfig, 'rule' | 'ruleModule' | 'output'>): OutputFunction {
  const rule = ruleOf(config);
  return config.output ?? (rule ? usualArchitecture(rule, {}).output : 'linear');
}

/** What a run makes small. */
export function lossOfRun(config: Pick<RunConfig, 'rule' | 'ruleModule' | 'output' | 'loss'>): Loss {
  const { output, loss } = config;
  const rule = ruleOf(config);
  if (rule) return usualArchitecture(rule, { ...(output && { output }), ...(loss && { loss }) }).loss;
  return loss ?? (output === undefined || output === 'linear' ? 'squared' : 'cross-entropy');
}

/** What the `objective` of an evaluation is called: objective (1) of squared error, the mean over all samples of another loss. */
export function objectiveLabel(loss: Loss): string {
  return loss === 'squared' ? 'objective (1): mean squared error' : `mean ${loss}`;
}

/** The same as the title of a column. */
export function objectiveTitle(loss: Loss): string {
  return loss === 'squared' ? 'objective' : loss;
}
