import type { Activation } from '../circuit/activation.ts';
import type { Change, Operation, Trace } from '../circuit/trace.ts';

/** The stimulus is the first signal of every trace. */
const stimulus = 0;

/**
 * How the activity of the hidden units, and the synapses at them, are represented while they learn. *plain*: one number a
 * cell, W = α V. *active*: the cells that are active, and a multiple of a vector for the running mean; W = α (T − ζ Pᵀ), of which
 * only the rows of active cells are touched. Both are exact: docs/performance.md.
 */
export type ActivityRepresentation = 'plain' | 'active';

/** Above this rate the running mean forgets so fast that its scale would have to be settled at every other sample. */
const largestMeanRate = 0.05;

/**
 * The representation of the activity: *active* for rectified units wherever the trace allows it. It does if every signal that
 * reaches the units gets to the synapses from the stimulus through their gate only, and if all other synapses at the units
 * learn from their output, once.
 *
 * @param trace of what is done to learn one sample
 */
export function chooseActivity(trace: Trace): ActivityRepresentation {
  const activations = trace.operations.filter((operation) => operation.kind === 'activate');
  const [units] = activations;
  if (activations.length !== 1 || !units || !isSparse(units.activation)) return 'plain';
  const atUnits = (id: number) => trace.signals[id]?.population === trace.signals[units.input]?.population;
  const gated = trace.operations.flatMap((operation) => (operation.kind === 'gate' ? [operation.output] : []));
  const learning = trace.changes.map(({ synapses }) => synapses);

  const allowed = (operation: Operation): boolean => {
    switch (operation.kind) {
      case 'activate':
        return true;
      case 'minus':
        return operation.left !== units.output && operation.right !== units.output;
      case 'gate':
        return operation.input !== units.output;
      case 'drive': {
        const { input, output, synapses } = operation;
        if (input === stimulus || (!atUnits(input) && !atUnits(output))) return true;
        return learning.includes(synapses) && (atUnits(input) ? input === units.output && !atUnits(output) : true);
      }
    }
  };
  const learnsOnce = ({ synapses, post, pre }: Change): boolean => {
    if (learning.indexOf(synapses) !== learning.lastIndexOf(synapses)) return false;
    if (pre === stimulus) return gated.includes(post);
    return [post, pre].every((id) => !atUnits(id) || id === units.output);
  };
  return trace.operations.every(allowed) && trace.changes.every(learnsOnce) ? 'active' : 'plain';
}

function isSparse({ function: name, meanRate = 0 }: Activation): boolean {
  return name === 'relu' && meanRate <= largestMeanRate;
}
