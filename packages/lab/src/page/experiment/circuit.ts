import {
  checkBatch,
  findRule,
  groupOf,
  InputError,
  type Loss,
  layersOf,
  layOut,
  type OutputFunction,
  rateNames,
  usualArchitecture,
  weightName,
} from '@apical/core';
import { type Experiment, settingsOf } from './experiment.ts';

/** The circuit of a rule in the experiment. */
export function circuitOptions(experiment: Experiment, rule: string) {
  const { hidden, activation, meanRate, output, biases } = experiment;
  const loss = lossOf(experiment);
  const { decoupled, ...parameters } = settingsOf(experiment, rule).parameters;
  return {
    hidden: typeof hidden === 'number' ? hidden : [...hidden],
    activation,
    ...(meanRate !== undefined && activation !== 'linear' && { meanRate }),
    ...(output !== findRule(rule).shape.outputs[0] && { output }),
    ...(loss !== usualLossOf(rule, output) && { loss }),
    ...(biases !== undefined && { biases }),
    ...(Object.keys(parameters).length > 0 && { parameters }),
    decoupled: decoupled === true,
  };
}

/** Why a rule cannot have the network of the experiment, in the words of the library; undefined where it can. */
export function refusalOf(experiment: Experiment, rule: string): string | undefined {
  const asUsual = { inputs: 'raw', rates: {}, initial: {}, parameters: {} } as const;
  const settings = { [rule]: asUsual, ...experiment.settings };
  try {
    checkBatch(layOut(findRule(rule), circuitOptions({ ...experiment, settings }, rule)), experiment.batch);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

/** What units, outputs and loss networks have. */
type Units = Pick<Experiment, 'activation' | 'meanRate' | 'output' | 'loss'>;

/**
 * What the networks are to have for a rule that cannot have those of the experiment: what the rule has where nothing is said. Undefined
 * where it can, or where that does not help.
 */
export function unitsFor(experiment: Experiment, rule: string): Units | undefined {
  if (refusalOf(experiment, rule) === undefined) return undefined;
  const units: Units = { ...usualArchitecture(findRule(rule), {}), meanRate: undefined };
  return refusalOf({ ...experiment, ...units }, rule) === undefined ? units : undefined;
}

/** The synapses of a rule in the experiment, by the names of their weights. */
export interface SynapseNames {
  /** Those that need a rate, their own or their group's: others learn at theirs, or never. */
  readonly rated: readonly string[];
  /** What rates can be given for: synapses that learn, and groups. */
  readonly rates: readonly string[];
  /** What starts can be given for: all synapses, and groups. */
  readonly starts: readonly string[];
}

/** @throws InputError for a network that the rule cannot have */
export function synapseNames(experiment: Experiment, rule: string): SynapseNames {
  const { allSynapses } = layOut(findRule(rule), circuitOptions(experiment, rule)).circuit;
  const all = allSynapses.map(({ name }) => weightName(name));
  const rated = allSynapses.filter(({ plastic, options }) => plastic && options.rateOf === undefined);
  return {
    rated: rated.map(({ name }) => weightName(name)),
    rates: rateNames(allSynapses),
    starts: [...new Set([...all, ...all.map(groupOf)])],
  };
}

/** Whether labels are probabilities, whose cross-entropy is made small. */
export function isCrossEntropy(network: Pick<Experiment, 'rules' | 'output' | 'loss'>): boolean {
  return lossOf(network) === 'cross-entropy';
}

/** What all networks make small: where nothing is said, what the first of the rules makes small with these outputs. */
export function lossOf({
  rules: [first = 'backprop'],
  output,
  loss,
}: Pick<Experiment, 'rules' | 'output' | 'loss'>): Loss {
  return loss ?? usualLossOf(first, output);
}

function usualLossOf(rule: string, output: OutputFunction): Loss {
  return usualArchitecture(findRule(rule), { output }).loss;
}

/** Whether networks have one hidden layer, linear outputs and squared error, as the paper's. */
export function isLikePapers({ hidden, output, biases }: Experiment): boolean {
  return layersOf(hidden).length === 1 && output === 'linear' && biases !== true;
}

/** `3`, `256, 128`: the units of the hidden layers. */
export function hiddenWords(hidden: Experiment['hidden']): string {
  return layersOf(hidden).join(', ');
}
