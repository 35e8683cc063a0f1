import type { Matrix } from 'ml-matrix';
import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { firstInputs, firstLabels } from './first-samples.ts';
import { leadingVariances } from './leading-variances.ts';
import { canonicalCorrelations } from './normative-optima.ts';

/** Views of more numbers take too long to be compared in advance, and a thousand samples of them say too little. */
const mostNumbers = 100;

/**
 * Says that the threshold α of a rule whose cells find components (`Rule.finds`) does not suit the data, if it is known not to, by their first
 * thousand samples: where the cells keep none, all fall silent; where they keep more principal components than there are interneurons, and are
 * more themselves, some outputs are held by none of these and grow without end. Of canonical components, 1 + ρ is 2 at most.
 */
export function thresholdWarning(network: Network, samples: Samples): string | undefined {
  const { hidden, parameters } = network;
  const { finds } = network.blueprint.rule;
  const { alpha } = parameters;
  if (!finds || typeof alpha !== 'number') return undefined;
  if (finds.components === 'canonical') return correlationWarning(alpha, samples);
  const isKept = (variance: number) => finds.variance(variance, parameters) > 0;
  const held = Number(parameters.interneurons ?? hidden);
  const variances = leadingVariances(samples, Math.min(held, hidden) + 1);
  const largest = Number(variances[0]!.toPrecision(3));
  if (!isKept(variances[0]!)) {
    return `alpha = ${alpha} is above the variance of every component of the inputs, of which the largest is ${largest}: all cells fall silent; use --parameter alpha=${Number((variances[0]! / 4).toPrecision(1))}, or inputs of larger scale`;
  }
  const above = variances.filter(isKept).length;
  if (above <= held || hidden <= held) return undefined;
  return `${above} or more components of the inputs have a variance above alpha = ${alpha}, and ${held} interneurons hold as many: outputs of others grow without end; use --parameter interneurons=${hidden}, or a larger alpha`;
}

/** Where nothing of two views is kept. */
function correlationWarning(alpha: number, samples: Samples): string | undefined {
  if (alpha >= 2) {
    return `alpha = ${alpha} is not below 1 + ρ of any two views, as no correlation ρ is above 1: all cells fall silent; use --parameter alpha=1.5`;
  }
  if (alpha < 1 || Math.max(samples.inputs, samples.labels) > mostNumbers) return undefined;
  const [X, Y] = [firstInputs(samples), firstLabels(samples)];
  const product = (A: Matrix, B: Matrix) => A.transpose().mmul(B).div(A.rows);
  const moments = { Cxx: product(X, X), Cxy: product(X, Y), Cyy: product(Y, Y) };
  if (moments.Cxx.trace() === 0 || moments.Cyy.trace() === 0) return undefined;
  const largest = Number(canonicalCorrelations(moments).correlations[0]!.toPrecision(3));
  if (1 + largest > alpha) return undefined;
  return `alpha = ${alpha} is not below 1 + ρ of any component of the two views, of which the largest correlation ρ is ${largest}: all cells fall silent; use --parameter alpha=${Number((1 + largest / 2).toPrecision(3))}`;
}
