import { checkLabelled } from '../check-samples.ts';
import { weightName } from '../circuit/synapses.ts';
import { transpose } from '../matrix.ts';
import type { Network } from '../network/network.ts';
import { observeFirst } from '../network/observe-first.ts';
import type { Samples } from '../samples.ts';
import { alignmentOf, signalAlignmentOf } from './angles.ts';
import { findPairs } from './pairs.ts';

/**
 * How a rule's learning lies to gradient descent on the network's loss, at the same weights, over the first 256 samples of a data set
 * (or all, where there are fewer). Angles are in degrees; beside each is the ratio of norms, the rule's to the gradient's.
 *
 * - `W1.update`: ∠ of what the synapses gain, the mean over the samples, and −∂L/∂W1, as matrices
 * - `W1.signal.…`: of the signal that teaches them and backprop's δ at their end, −∂L/∂u: `per-sample`, `batch-mean` and `flattened`
 *   as `SignalAlignment` defines them; of synapses that drive once and are taught once, so that there is one such signal of each
 * - `B1.weights`: of feedback weights as they act and the transpose of the forward weights that run the other way
 *
 * @throws InputError without labels, and where what is predicted has no known derivative
 */
export function createAlignment(network: Network, samples: Samples): () => Record<string, number> {
  checkLabelled(samples, 'alignment');
  return () =>
    observeFirst(network, samples, (observer) => {
      const { learning, gradient } = observer;
      const { updates, signals, feedback } = findPairs(network.blueprint, learning.trace, gradient.trace);
      const readings: Record<string, number> = {};
      for (const name of updates) {
        const { angle, ratio } = alignmentOf(learning.gain(name)!.data, gradient.gain(name)!.data);
        readings[`${weightName(name)}.update`] = angle;
        readings[`${weightName(name)}.update.ratio`] = ratio;
      }
      for (const { synapses, teaching, delta } of signals) {
        const { size } = network.blueprint.circuit.synapsesOf(synapses).post;
        const found = signalAlignmentOf(learning.signal(teaching), gradient.signal(delta), size);
        const name = `${weightName(synapses)}.signal`;
        readings[`${name}.per-sample`] = found.perSample;
        readings[`${name}.batch-mean`] = found.batchMean;
        readings[`${name}.flattened`] = found.flattened;
        readings[`${name}.ratio`] = found.ratio;
      }
      for (const { synapses, forward } of feedback) {
        const { angle, ratio } = alignmentOf(observer.acting(synapses).data, transpose(observer.acting(forward)).data);
        readings[`${weightName(synapses)}.weights`] = angle;
        readings[`${weightName(synapses)}.weights.ratio`] = ratio;
      }
      return readings;
    });
}
