import { checkLabelled } from '../check-samples.ts';
import type { Trace } from '../circuit/trace.ts';
import type { Network } from '../network/network.ts';
import { observeFirst } from '../network/observe-first.ts';
import type { Samples } from '../samples.ts';

/** The names of what a rule is to make zero besides the loss. */
export function residualNames(learning: Trace): readonly string[] {
  return learning.signals.flatMap(({ residual }) => residual ?? []);
}

/**
 * How far a rule's learning is from what it is to make zero besides the loss: of each residual the mean of its squared norm, over the
 * first 256 samples of a data set (or all, where there are fewer), at the present weights. Noise is the same at every look.
 *
 * @throws InputError without labels, and where what is predicted has no known derivative
 */
export function createResiduals(network: Network, samples: Samples): () => Record<string, number> {
  checkLabelled(samples, 'residuals');
  return () =>
    observeFirst(network, samples, ({ learning }, count) =>
      Object.fromEntries(
        learning.trace.signals.flatMap(({ id, residual }) =>
          residual === undefined ? [] : [[residual, squaredNorm(learning.signal(id)) / count]],
        ),
      ),
    );
}

function squaredNorm(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum;
}
