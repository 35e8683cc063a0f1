import { InputError } from '../errors.ts';
import { adaptiveEqualised } from './adaptive-equalised.ts';
import { adaptiveHard } from './adaptive-hard.ts';
import { adaptiveSoft } from './adaptive-soft.ts';
import { backprop } from './backprop.ts';
import { behaviouralTimeScale } from './behavioural-time-scale.ts';
import { bidirectionalBehaviouralTimeScale } from './bidirectional-behavioural-time-scale.ts';
import { bioCca } from './bio-cca.ts';
import { bioCcaAdaptive } from './bio-cca-adaptive.ts';
import { bmvr } from './bmvr.ts';
import { burstNetwork } from './burst-network.ts';
import { burstStdp } from './burst-stdp.ts';
import { burstprop } from './burstprop.ts';
import { conductanceDendriticPrediction } from './conductance-dendritic-prediction.ts';
import { constrainedPredictiveCoding } from './constrained-predictive-coding.ts';
import { deepBmvr } from './deep-bmvr.ts';
import { dendriticMicrocircuit } from './dendritic-microcircuit.ts';
import { dendriticMicrocircuitDynamics } from './dendritic-microcircuit-dynamics.ts';
import { dendriticPrediction } from './dendritic-prediction.ts';
import { differenceTargetPropagation } from './difference-target-propagation.ts';
import { directFeedbackAlignment } from './direct-feedback-alignment.ts';
import { feedbackAlignment } from './feedback-alignment.ts';
import { frozenHidden } from './frozen-hidden.ts';
import { kolenPollack } from './kolen-pollack.ts';
import { mirroredStdp } from './mirrored-stdp.ts';
import { predictiveCoding } from './predictive-coding.ts';
import { reducedRankRegression } from './reduced-rank-regression.ts';
import { reverseStdp } from './reverse-stdp.ts';
import { checkRule, type Rule } from './rule.ts';
import { signSymmetry } from './sign-symmetry.ts';
import { similarityMatching } from './similarity-matching.ts';
import { targetPropagation } from './target-propagation.ts';
import { weightMirror } from './weight-mirror.ts';

/** All rules that the program has and that predict labels. A new one is a file, its import, and a line here. */
export const rules: readonly Rule[] = [
  bmvr,
  backprop,
  feedbackAlignment,
  directFeedbackAlignment,
  signSymmetry,
  kolenPollack,
  weightMirror,
  targetPropagation,
  differenceTargetPropagation,
  reducedRankRegression,
  deepBmvr,
  burstprop,
  dendriticMicrocircuit,
  dendriticMicrocircuitDynamics,
  predictiveCoding,
  constrainedPredictiveCoding,
  frozenHidden,
];

/** Those that predict none: they learn from inputs alone, or from two views, and are measured by objectives of their own. */
export const representationRules: readonly Rule[] = [
  bioCca,
  bioCcaAdaptive,
  similarityMatching,
  adaptiveSoft,
  adaptiveHard,
  adaptiveEqualised,
];

/** Rules in time: networks of programs and runs in time learn by them. */
export const rulesInTime: readonly Rule[] = [
  dendriticPrediction,
  conductanceDendriticPrediction,
  behaviouralTimeScale,
  bidirectionalBehaviouralTimeScale,
  burstStdp,
  burstNetwork,
  reverseStdp,
  mirroredStdp,
];

/** Those that learn samples: all but rules in time. */
export const sampleRules: readonly Rule[] = [...rules, ...representationRules];

/** All of them. */
export const allRules: readonly Rule[] = [...sampleRules, ...rulesInTime];

/** The names of the rules that predict labels, of those that runs can have, and of all. */
export const ruleNames: readonly string[] = rules.map((rule) => rule.name);
export const runRuleNames: readonly string[] = sampleRules.map((rule) => rule.name);
export const allRuleNames: readonly string[] = allRules.map((rule) => rule.name);

/** The rule of that name, or the rule itself. @throws InputError where there is none */
export function findRule(named: string | Rule): Rule {
  if (typeof named !== 'string') return checkRule(named, 'the rule');
  const rule = allRules.find((candidate) => candidate.name === named);
  if (!rule) throw new InputError(`there is no rule "${named}"; the rules are ${allRuleNames.join(', ')}`);
  return rule;
}
