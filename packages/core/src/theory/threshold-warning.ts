import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';
import { leadingVariances } from './leading-variances.ts';

const rules: readonly string[] = ['adaptive-soft', 'adaptive-hard', 'adaptive-equalised'];

/**
 * Says that the threshold α of adaptive dimensionality reduction does not suit the data, if it is known not to, by their first thousand
 * samples: where no component has a variance above α, all cells fall silent; where more have than there are interneurons, and cells, some
 * outputs are held by none of these and grow without end.
 */
export function thresholdWarning(network: Network, samples: Samples): string | undefined {
  const { rule, hidden, parameters } = network;
  if (!rules.includes(rule)) return undefined;
  const alpha = Number(parameters.alpha);
  const held = Number(parameters.interneurons ?? hidden);
  const variances = leadingVariances(samples, Math.min(held, hidden) + 1);
  const largest = Number(variances[0]!.toPrecision(3));
  if (variances[0]! < alpha) {
    return `alpha = ${alpha} is above the variance of every component of the inputs, of which the largest is ${largest}: all cells fall silent; use --parameter alpha=${Number((variances[0]! / 4).toPrecision(1))}, or inputs of larger scale`;
  }
  const above = variances.filter((variance) => variance >= alpha).length;
  if (above <= held || hidden <= held) return undefined;
  return `${above} or more components of the inputs have a variance above alpha = ${alpha}, and ${held} interneurons hold as many: outputs of others grow without end; use --parameter interneurons=${hidden}, or a larger alpha`;
}
