import type { Activation } from '../../circuit/activation.ts';
import { type Change, inputsOf, inputsOfChange, type Operation, type Trace } from '../../circuit/trace.ts';
import type { Samples } from '../../samples.ts';

/** The stimulus and the label are the first two signals of every trace. */
const stimulus = 0;
const label = 1;

/**
 * How the activity of the hidden units, and the synapses at them, are represented while they learn. *plain*: one number a
 * cell, W = α V. *active*: the cells that are active, and a multiple of a vector for the running mean; W = α (T − ζ Pᵀ), of which
 * only the rows of active cells are touched. Both are exact: docs/representation.md.
 */
export type ActivityRepresentation = 'plain' | 'active';

/** What changes synapses by the product of the signals at their ends. */
export type OuterChange = Exclude<Change, { readonly value: number }>;

/** Above this rate the running mean forgets so fast that its scale would have to be rebased every few samples. */
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
      default:
        return false;
    }
  };
  const learnsOnce = (change: Change): boolean => {
    if ('value' in change) return false;
    const { synapses, post, pre } = change;
    if (learning.indexOf(synapses) !== learning.lastIndexOf(synapses)) return false;
    if (pre === stimulus) return gated.includes(post);
    return [post, pre].every((id) => !atUnits(id) || id === units.output);
  };
  return trace.operations.every(allowed) && trace.changes.every(learnsOnce) ? 'active' : 'plain';
}

function isSparse({ function: name, meanRate = 0 }: Activation): boolean {
  return name === 'relu' && meanRate <= largestMeanRate;
}

/** Pixels in a chunk that is listed where they are not all zero. */
export const chunkPixels = 4;
/** Chunks in a group: lists are read group by group. */
const groupChunks = 4;

/**
 * Whether the chunks of an input can be listed, in whole groups and with columns of 16 bits: for networks of few units, which
 * then read only those that are not zero.
 */
export function canListChunks(inputs: number): boolean {
  return inputs % (groupChunks * chunkPixels) === 0 && inputs <= 2 ** 16;
}

/**
 * Whether a data set of whose chunks this share would be listed is taken as dense: then all chunks are read, and for three units
 * and more one pass over the weights takes the place of two, which does more than passing over the chunks that are zero.
 */
export function isDense(share: number): boolean {
  return share > 0.8;
}

/** Labels that are one number at the class and another elsewhere, y = hot e_c + cold 1: then W y has one column of W. */
export interface OneHot {
  readonly hot: number;
  readonly cold: number;
}

/** What the labels of a data set are made of, if they are so. */
export function findOneHot({ targets, labels }: Pick<Samples, 'targets' | 'labels'>): OneHot | undefined {
  if (labels < 2 || targets.length !== labels * labels) return undefined;
  const [atClass, elsewhere] = [targets[0] as number, targets[1] as number];
  const isOneHot = targets.every((value, i) => value === (i % (labels + 1) === 0 ? atClass : elsewhere));
  return isOneHot ? { hot: atClass - elsewhere, cold: elsewhere } : undefined;
}

/**
 * Whether the synapses are represented by their columns, one a label: those from the label that only labels drive. In reverse,
 * they may be used where nothing is learned.
 */
export function isLabelled(trace: Trace, synapses: string): boolean {
  const drives = trace.operations.filter((each) => each.kind === 'drive' && each.synapses === synapses);
  const changes = trace.changes.filter((change) => change.synapses === synapses);
  return (
    drives.every((each) => each.kind === 'drive' && each.input === label) &&
    changes.length === 1 &&
    changes.every((change) => !('value' in change) && change.pre === label)
  );
}

/** The signals of synapses that learn to say the label from the error of what they say. */
export interface Regression {
  /** z, the units that drive them. */
  readonly units: number;
  /** y − W2 z */
  readonly error: number;
}

/**
 * The signals of the synapses if they can be represented as a regression: units that the stimulus drives, without a nonlinearity,
 * drive them; they learn from y − W2 z; and that error is used for nothing else but to drive them in reverse.
 *
 * @param trace of what is done to learn one sample
 */
export function findRegression({ operations, changes }: Trace, synapses: string): Regression | undefined {
  const drives = operations.filter((each) => each.kind === 'drive');
  const [says, returns, ...others] = drives.filter((each) => each.synapses === synapses);
  const differences = operations.filter((each) => each.kind === 'minus');
  const difference = differences.find(({ left, right }) => left === label && right === says?.output);
  const [change, ...otherChanges] = changes.filter((each) => each.synapses === synapses);
  if (!says || !returns || !difference || !change || others.length + otherChanges.length > 0) return undefined;
  if ('value' in change) return undefined;

  const { input: units, output: said } = says;
  const { output: error } = difference;
  const used = [...operations.flatMap(inputsOf), ...changes.flatMap(inputsOfChange)];
  const uses = (signal: number) => used.filter((each) => each === signal).length;
  const isRegression =
    drives.some(({ input, output }) => input === stimulus && output === units) &&
    !says.reversed &&
    returns.reversed !== undefined &&
    returns.input === error &&
    change.post === error &&
    change.pre === units &&
    change.decay === 0 &&
    uses(said) === 1 &&
    uses(error) === 2;
  return isRegression ? { units, error } : undefined;
}

/** Weights in W2 from which on a regression takes less time; measured with 4 and with 8 units. */
const fewestWeights = 64;

/** Whether a regression pays: the k × k work that it adds takes the place of passes over W2. */
export function isWorthRegression(hidden: number, labels: number): boolean {
  return hidden > 2 && labels >= hidden && hidden * labels >= fewestWeights;
}
