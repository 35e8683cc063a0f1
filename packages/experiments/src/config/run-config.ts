import type { ActivationFunction, Initial, Order, Rate } from '@apical/core';
import type { Preprocessing, Split } from '@apical/data';

/** Images of the data set that a run learns from. */
export interface ImagePart {
  split: Split;
  /** Only the first so many of them. Default: all. */
  first?: number;
}

/** Everything that determines a run, but for the version of the program and the bytes of the data set. */
export interface RunConfig {
  /** The learning rule: see `ruleNames`. */
  rule: string;
  /** What is learned, and how its bytes become inputs and labels. */
  data: { set: string; split: Split; inputs: Preprocessing['inputs']; labels: Preprocessing['labels'] };
  /** k, the hidden units. */
  hidden: number;
  /** f of the hidden units. */
  activation: ActivationFunction;
  /** ε of the running mean that is subtracted from their activity; absent: nothing is subtracted. Not for linear units. */
  meanRate?: number;
  /** Whether interneurons have weights R of their own; only for rules that have interneurons. */
  decoupled: boolean;
  /** λ, added to the diagonal of the inputs' covariance; 0 but for linear units. */
  ridge: number;
  /** The learning rate of each of the rule's synapses. */
  rates: Record<string, Rate>;
  /** How each of the rule's synapses starts; R, where there is one, starts as the rule says if it is left out. */
  initial: Record<string, Initial>;
  /** Whether every epoch presents the samples in the same order or in a new one. */
  order: Order;
  /** How many samples are learned. */
  samples: number;
  /** After how many samples objective (1) is evaluated, ascending. */
  evaluateAt: number[];
  /**
   * On which images it is measured there how many are classified right, by names of one's own. Images of the other split than
   * the one learned are held out: they are prepared with the mean and standard deviation of those learned.
   */
  accuracy: Record<string, ImagePart>;
  /** What else is measured there: names of probes. */
  probes: string[];
  /** Determines the initial weights and the order of the samples. */
  seed: number;
}
