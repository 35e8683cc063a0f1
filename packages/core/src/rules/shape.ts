import { type ActivationFunction, activationNames } from '../circuit/activation.ts';

/** What output units do with their current u: pass it on, 1 / (1 + exp(−u)), or exp(u) as a share of all of them. */
export type OutputFunction = 'linear' | 'sigmoid' | 'softmax';

export const outputNames: readonly OutputFunction[] = ['linear', 'sigmoid', 'softmax'];

/**
 * What a network's output p is to make small, for a sample of label y. `squared`: ½ ‖y − p‖². `cross-entropy`: −Σ y ln p of softmax,
 * −Σ [y ln p + (1 − y) ln(1 − p)] of sigmoid units.
 */
export type Loss = 'squared' | 'cross-entropy';

export const lossNames: readonly Loss[] = ['squared', 'cross-entropy'];

/** What networks a rule can have. */
export interface Shape {
  /** How many hidden layers: exactly one, or any number from one on. */
  readonly depth: 'one' | 'any';
  /** What its outputs can be; the first is the default. */
  readonly outputs: readonly OutputFunction[];
  /** Whether its units can have biases. */
  readonly biases: boolean;
  /** What its hidden units can be, the default first; all, and linear by default, unless it says so. */
  readonly activations?: readonly ActivationFunction[];
  /** Whether a running mean can be subtracted from the activity of hidden units that are not linear; it can unless it says so. */
  readonly runningMean?: boolean;
  /**
   * What a label is to it: *predicted*, unless it says so; a *second view*, which it learns from beside the stimulus and does not
   * predict; a *teacher*, of rules in time: what is done to the cells from outside in a step; or *none*: it learns from inputs alone.
   */
  readonly labels?: LabelRole;
  /** What it can make small; all that its outputs can have unless it says so. */
  readonly losses?: readonly Loss[];
}

/** What labels can be to a rule. */
export type LabelRole = 'predicted' | 'second view' | 'teacher' | 'none';

const labelRoles: readonly LabelRole[] = ['predicted', 'second view', 'teacher', 'none'];

/** Whether networks of this shape predict labels. */
export function predictsLabels({ labels = 'predicted' }: Shape): boolean {
  return labels === 'predicted';
}

/** Any number of layers, with or without biases, and all outputs. */
export const anyLayers: Shape = { depth: 'any', outputs: outputNames, biases: true };

/** What the hidden units can be; the first is the default. */
export function activationsOf({ activations = activationNames }: Shape): readonly ActivationFunction[] {
  return activations;
}

/** The losses that the rule can have with these outputs; the first is the default. Linear outputs are no probabilities. */
export function lossesOf({ losses = lossNames }: Shape, output: OutputFunction): readonly Loss[] {
  const usual: readonly Loss[] = output === 'linear' ? ['squared'] : ['cross-entropy', 'squared'];
  return usual.filter((loss) => losses.includes(loss));
}

/** Whether it is one, for callers whose types were not checked. */
export function isShape(value: unknown): value is Shape {
  if (typeof value !== 'object' || value === null) return false;
  const { depth, outputs, biases, activations, runningMean, labels, losses } = value as Record<keyof Shape, unknown>;
  return (
    (depth === 'one' || depth === 'any') &&
    isListOf(outputNames, outputs) &&
    typeof biases === 'boolean' &&
    (activations === undefined || isListOf(activationNames, activations)) &&
    (runningMean === undefined || typeof runningMean === 'boolean') &&
    (labels === undefined || labelRoles.includes(labels as LabelRole)) &&
    (losses === undefined || isListOf(lossNames, losses)) &&
    (outputs as OutputFunction[]).every((output) => lossesOf(value as Shape, output).length > 0)
  );
}

function isListOf(names: readonly string[], value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((each) => names.includes(each));
}
