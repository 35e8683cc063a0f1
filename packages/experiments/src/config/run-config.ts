import type {
  ActivationFunction,
  Initial,
  Loss,
  Optimiser,
  Order,
  OutputFunction,
  ParameterValue,
  Rate,
} from '@apical/core';
import type { ImageShape, Preprocessing, Split, separatorNames } from '@apical/data';

/** Images of the data set that a run is measured on. */
export interface ImagePart {
  split: Split;
  /** Only those from this one on, the first being 0. Default: 0. */
  from?: number;
  /** Only the first so many of them. Default: all. */
  first?: number;
}

/** What can stand between the cells of a table. */
export type TableSeparator = keyof typeof separatorNames;

/** Which column of a table of one's own is learned, and what of it is held out. */
export interface OwnTable {
  /**
   * The column: its name, or its number from 1 on; of an array, the file or the array that has it; of a folder of images, `folder`.
   * Absent: there are no labels.
   */
  target?: string;
  /** Or the second view of the samples: another file or array, or columns of the table: `5-8`. */
  secondView?: string;
  /** Another table, which is held out, as it was named. */
  test?: string;
  /** Where its target is, if these are arrays. */
  testTarget?: string;
  /** Or their second view. */
  testSecondView?: string;
  /** Or the share of the samples that is held out. */
  holdOut?: number;
  /** Determines which these are; absent: 1. */
  seed?: number;
  /** Whether line 1 names the columns; absent: decided by what stands in it. */
  header?: boolean;
  /** What stands between cells; absent: found. */
  separator?: TableSeparator;
  /** What was found in the files, by which a run knows them: written by the program. */
  found?: FoundTable;
}

/** What was found in a table. */
export interface FoundTable {
  /** SHA-256 of the table, and of that which is held out; uncompressed. */
  sha256: string;
  testSha256?: string;
  /** How many samples are learned, and held out. */
  train: number;
  test?: number;
  /** m, the numbers of a sample. */
  inputs: number;
  /** n, those of its second view, where there is one. */
  second?: number;
  /** Their names, where line 1 is a header. */
  columns?: string[];
  /** What the samples are as images, where they are. */
  image?: ImageShape;
  /** The names of the classes; absent where numbers are learned. */
  classes?: string[];
  /** How many numbers are learned, where it is several, and what they are called. */
  labels?: number;
  labelNames?: string[];
  /** The names of the columns that are learned, or are the second view, where the file has names. */
  targetColumns?: string[];
  /** How many times as large the largest standard deviation of an input is as the smallest, where that is much: see `differentScales`. */
  spread?: number;
  /** How many times its standard deviation the mean of a target that is numbers lies from 0, at most, where that is 1 or more. */
  targetOffset?: number;
  /** As `spread`, of the targets. */
  targetSpread?: number;
  /** Inputs that are the same in all samples learned: names, or numbers of columns beside the target. */
  constant?: string[];
}

/** What is learned, and how its bytes become inputs and labels. */
export interface RunData {
  /** A data set, generated data, or `file:` and the path of a table. */
  set: string;
  /** Of such a table. */
  table?: OwnTable;
  split: Split;
  /**
   * Determines a random order in which the images of the split are put before all else: `first`, and `from` of accuracies, count in it.
   * Absent: they are in the order of the data set.
   */
  shuffle?: number;
  /** Only the first so many images of the split. Absent: all. */
  first?: number;
  inputs: Preprocessing['inputs'];
  /** How labels that are numbers, or a second view, are prepared; absent: they are as they are. */
  labelInputs?: Exclude<Preprocessing['inputs'], 'unit' | 'unit-length'>;
  /** What labels classes stand for; `numbers` where the labels are numbers as they are; `none` where a rule learns from inputs alone. */
  labels: Preprocessing['labels'];
}

/** The file that a rule comes from which the program does not have. */
export interface RuleModule {
  /** As it was given: absolute, or from the folder that the command is run in. */
  path: string;
  /** Of the file's bytes. */
  sha256: string;
}

/** What is kept of a run in time besides what is measured. */
export interface Recording {
  /** States by their names, and signals by their symbols. */
  signals?: string[];
  /** Which cells of each, the first being 0; absent: all. */
  cells?: number[];
  /** Spans of steps, ascending: [from, until] are the steps after so many until so many are done. Absent: all. */
  spans?: [number, number][];
  /** Only those steps after which a multiple of so many are done. Absent: 1. */
  every?: number;
  /** Synapses whose weights are kept: at the start, and at every evaluation. */
  weights?: string[];
}

/**
 * Everything that determines a run, but for the version of the program and the bytes of the data set. What may be absent is written
 * only where it was said.
 */
export interface RunConfig {
  /** The learning rule: see `ruleNames`; or that of the module. */
  rule: string;
  /** Where the rule is, if it is none of the program's. */
  ruleModule?: RuleModule;
  data: RunData;
  /** k, the hidden units; or those of each hidden layer, from the input up. */
  hidden: number | number[];
  /** f of the hidden units. */
  activation: ActivationFunction;
  /** ε of the running mean that is subtracted from their activity; absent: nothing is subtracted. Not for linear units. */
  meanRate?: number;
  /** What output units make of their current; absent: the rule's first, linear. */
  output?: OutputFunction;
  /** What is made small; absent: squared error with linear outputs, else cross-entropy. */
  loss?: Loss;
  /** Whether units have biases; absent: all but those of one hidden layer with linear outputs, if the rule can have them. */
  biases?: boolean;
  /** The rule's own settings; absent ones are as the rule says. */
  parameters?: Record<string, ParameterValue>;
  /** Whether interneurons have weights R of their own: a parameter of BMVR. */
  decoupled: boolean;
  /** How many samples are learned at once; absent: 1. */
  batch?: number;
  /** λ, added to the diagonal of the inputs' covariance; 0 but for one layer of linear units. */
  ridge: number;
  /** Whether products are added without being rounded before: quicker, and with other last digits; absent: no. */
  fused?: boolean;
  /** Learning rates by the names of synapses or groups: W is for W1, W2, … that have none of their own. */
  rates: Record<string, Rate>;
  /** What synapses do with what they gain; absent: plain steps. */
  optimiser?: Optimiser;
  /** Those of some synapses, by names as in `rates`. */
  optimisers?: Record<string, Optimiser>;
  /** How synapses start, by names as in `rates`; those that are left out start as the rule says. */
  initial: Record<string, Initial>;
  /** Whether every epoch presents the samples in the same random order, in a new one, or as they are given. */
  order: Order;
  /** How many samples are learned: the end of a batch. */
  samples: number;
  /** After how many samples the loss is evaluated, ascending, each the end of a batch. */
  evaluateAt: number[];
  /**
   * On which images it is measured there how many are classified right, by names of one's own. Images of the other split than
   * the one learned are held out: they are prepared with the mean and standard deviation of those learned.
   */
  accuracy: Record<string, ImagePart>;
  /** Whether it is measured, too, how many images are classified right as they come, before they are learned; since the evaluation before. */
  running?: boolean;
  /** What else is measured there: names of probes. */
  probes: string[];
  /** Of runs in time: after how many steps synapses begin to learn; all else goes on before, too. Absent: 0. */
  learnFrom?: number;
  /** Of runs in time: what is kept of signals and weights. */
  record?: Recording;
  /** Determines the initial weights, noise, and the order of the samples. */
  seed: number;
}
