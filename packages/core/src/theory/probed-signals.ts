import { checkLabelled } from '../check-samples.ts';
import type { Trace } from '../circuit/trace.ts';
import type { Network } from '../network/network.ts';
import { observeFirst } from '../network/observe-first.ts';
import type { Samples } from '../samples.ts';
import { summaryNames, summaryOf } from './summary-statistics.ts';

/** The names of what is known of the signals that a rule says are probed: `p1.mean`. */
export function probedNames(learning: Trace): readonly string[] {
  const names = learning.signals.flatMap(({ probed }) => probed ?? []);
  return names.flatMap((name) => summaryNames.map((each) => `${name}.${each}`));
}

/**
 * How the signals that a rule says are probed are distributed over their cells and the first 256 samples of a data set (or all, where
 * there are fewer), as it would learn them at the present weights; of what is repeated, the last time. Noise is the same at every look.
 *
 * @throws InputError without labels, and where what is predicted has no known derivative
 */
export function createProbedSignals(network: Network, samples: Samples): () => Record<string, number> {
  checkLabelled(samples, 'signals');
  return () =>
    observeFirst(network, samples, ({ learning }) =>
      Object.fromEntries(
        learning.trace.signals.flatMap(({ id, probed }) =>
          probed === undefined
            ? []
            : Object.entries(summaryOf(learning.signal(id))).map(([name, value]) => [`${probed}.${name}`, value]),
        ),
      ),
    );
}
