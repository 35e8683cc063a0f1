import { type Loss, type OutputFunction, usualArchitecture } from '@apical/core';
import { labelRoleOf, ruleOf } from './rule-of.ts';
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

/** What an objective is: the mean of a loss, or of a rule that predicts no labels its own. Those of different names are not compared. */
export type ObjectiveKind = Loss | `objective of ${string}`;

/** What the `objective` of a run's evaluations is. */
export function objectiveOfRun(config: Pick<RunConfig, 'rule' | 'ruleModule' | 'output' | 'loss'>): ObjectiveKind {
  return labelRoleOf(config) === 'predicted' ? lossOfRun(config) : `objective of ${config.rule}`;
}

/** What the objective of a run is, and of which labels: those of different words are not compared. */
export function comparedObjective(config: RunConfig): string {
  const { labels, labelInputs = 'raw' } = config.data;
  return `${objectiveOfRun(config)} with labels ${labels}${labelInputs === 'raw' ? '' : `, ${labelInputs}`}`;
}

/** What an objective is called: objective (1) of squared error, summed over outputs, the mean over all samples of another loss, a rule's own. */
export function objectiveLabel(objective: ObjectiveKind): string {
  if (objective === 'squared') return 'objective (1): mean of ‖y − ŷ‖²';
  return isOwn(objective) ? objective : `mean ${objective}`;
}

/** The same as the title of a column. */
export function objectiveTitle(objective: ObjectiveKind): string {
  return objective === 'squared' || isOwn(objective) ? 'objective' : objective;
}

function isOwn(objective: ObjectiveKind): boolean {
  return objective.startsWith('objective of ');
}
