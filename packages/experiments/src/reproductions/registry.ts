import { InputError } from '@apical/core';
import { suggestion } from '../config/suggestion.ts';
import { adaptiveDimensionalityReduction } from './adaptive-dimensionality-reduction.ts';
import { bioCca } from './bio-cca.ts';
import { burstNetwork } from './burst-network.ts';
import { burstStdp } from './burst-stdp.ts';
import { burstprop } from './burstprop.ts';
import { constrainedPredictiveCoding } from './constrained-predictive-coding.ts';
import { deepBmvrFashion, deepBmvrMnist } from './deep-bmvr.ts';
import { dendriticMicrocircuit } from './dendritic-microcircuit.ts';
import { dendriticMicrocircuitLag } from './dendritic-microcircuit-lag.ts';
import { dendriticPrediction } from './dendritic-prediction.ts';
import { dendriticStdpWindow } from './dendritic-stdp-window.ts';
import { differenceTargetPropagation } from './difference-target-propagation.ts';
import { directFeedbackAlignment } from './direct-feedback-alignment.ts';
import { directFeedbackAlignmentLinear } from './direct-feedback-alignment-linear.ts';
import { feedbackAlignmentLinear } from './feedback-alignment-linear.ts';
import { kolenPollack } from './kolen-pollack.ts';
import { mirroredStdp } from './mirrored-stdp.ts';
import { placeFields } from './place-fields.ts';
import { predictiveCoding } from './predictive-coding.ts';
import { reducedRankRegression } from './reduced-rank-regression.ts';
import { reducedRankViews } from './reduced-rank-views.ts';
import type { Reproduction } from './reproduction.ts';
import { reverseStdp } from './reverse-stdp.ts';
import { similarityMatching } from './similarity-matching.ts';

/** All reproductions that are data. A new one is a file and a line here. */
export const reproductions: readonly Reproduction[] = [
  feedbackAlignmentLinear,
  directFeedbackAlignmentLinear,
  directFeedbackAlignment,
  kolenPollack,
  predictiveCoding,
  burstprop,
  dendriticMicrocircuit,
  dendriticPrediction,
  dendriticStdpWindow,
  dendriticMicrocircuitLag,
  placeFields,
  reverseStdp,
  mirroredStdp,
  burstStdp,
  burstNetwork,
  deepBmvrFashion,
  deepBmvrMnist,
  differenceTargetPropagation,
  constrainedPredictiveCoding,
  reducedRankRegression,
  reducedRankViews,
  bioCca,
  adaptiveDimensionalityReduction,
  similarityMatching,
];

/** The experiments of Golkar et al. 2020, which have commands of their own. */
const ofThePaper: readonly string[] = ['figure-3', 'table-1'];

export const reproductionNames: readonly string[] = reproductions.map(({ name }) => name);

/** The reproduction of that name. @throws InputError where there is none */
export function findReproduction(name: string): Reproduction {
  const found = reproductions.find((each) => each.name === name);
  if (found) return found;
  const all = [...ofThePaper, ...reproductionNames];
  const hint = suggestion(name, all) || `; there are ${all.join(', ')}`;
  throw new InputError(`there is no reproduction "${name}"${hint}`);
}
