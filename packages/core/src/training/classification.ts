import type { Network } from '../network/network.ts';
import type { Samples } from '../samples.ts';

/** How many samples are looked at together. */
const blockSamples = 4096;

/**
 * The class that a network takes each sample for: the one with the largest entry of ŷ = W2 z, the first of those that are
 * equal.
 *
 * @throws InputError for samples of another shape
 */
export function predictedClasses(network: Network, samples: Samples): Uint8Array {
  const predicted = new Uint8Array(samples.count);
  for (let first = 0; first < samples.count; first += blockSamples) {
    const count = Math.min(blockSamples, samples.count - first);
    const outputs = network.predictSamples(samples, first, count);
    for (let i = 0; i < count; i++) {
      predicted[first + i] = largest(outputs.subarray(i * samples.labels, (i + 1) * samples.labels));
    }
  }
  return predicted;
}

/**
 * The share of samples, from 0 to 1, that a network takes for what they are: see `predictedClasses`. NaN where there are none.
 *
 * @throws InputError for samples of another shape
 */
export function accuracy(network: Network, samples: Samples): number {
  const right = predictedClasses(network, samples).filter((predicted, i) => predicted === samples.classes[i]);
  return right.length / samples.count;
}

function largest(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}
