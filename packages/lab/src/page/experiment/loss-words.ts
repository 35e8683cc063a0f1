import { findRule, predictsLabels } from '@apical/core';
import { isCrossEntropy, isLikePapers } from './circuit.ts';
import type { Experiment } from './experiment.ts';

/** How what networks make small is called. */
export interface LossWords {
  readonly title: string;
  /** Before a number. */
  readonly caption: string;
  /** What it is, in a sentence. */
  readonly meaning: string;
}

/** Whether a rule predicts labels; others have objectives of their own. */
export const predicts = (rule: string) => predictsLabels(findRule(rule).shape);

/**
 * What the networks of an experiment make small: its mean over all samples.
 * @param rules those of its networks that are spoken of
 */
export function lossWords(experiment: Experiment, rules: readonly string[] = experiment.rules): LossWords {
  if (!rules.every(predicts)) {
    const meaning = 'What each rule makes small, its own objective: those of different rules are not compared.';
    return { title: 'Objective', caption: 'objective', meaning };
  }
  if (isCrossEntropy(experiment)) {
    const sum = experiment.output === 'softmax' ? 'Σ y ln p' : 'Σ [y ln p + (1 − y) ln(1 − p)]';
    const meaning = `Cross-entropy: −(1/T) ${sum} over all samples, where p is the output of the network.`;
    return { title: 'Cross-entropy', caption: 'cross-entropy', meaning };
  }
  if (isLikePapers(experiment)) {
    const meaning = 'Objective (1): (1/T) Σ ‖y − W2 z‖² over all samples.';
    return { title: 'Objective', caption: 'objective (1)', meaning };
  }
  const meaning = 'Squared error: (1/T) Σ ‖y − p‖² over all samples, where p is the output of the network.';
  return { title: 'Squared error', caption: 'squared error', meaning };
}
