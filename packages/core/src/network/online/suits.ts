import { isHollow } from '../../circuit/autapses.ts';
import { dependentOn } from '../../circuit/linear.ts';
import { weightName } from '../../circuit/synapses.ts';
import type { Change, Operation, Trace } from '../../circuit/trace.ts';
import type { Blueprint, NetworkOptions } from '../options.ts';
import type { Plasticity } from '../plasticity.ts';

/** The stimulus and the label are the first two signals of every trace. */
const [stimulus, label] = [0, 1];

/**
 * Whether a network is one that the engine for one sample at a time can represent: one hidden layer that is linear, rectified or
 * tanh, linear outputs, and synapses that learn once a sample, plainly, at rates that are constant or fall as 1 / (1 + t / t0).
 * All others are for the plain engine, which can do everything.
 *
 * @param learning what is done to learn a sample
 * @param predicting what is done to predict a label, if the rule predicts any
 */
export function suitsOnline(
  { circuit, architecture, behaviour, plasticity }: Blueprint,
  learning: Trace,
  predicting: Trace | undefined,
  { batch = 1, ridge = 0 }: NetworkOptions,
): boolean {
  const { hidden } = architecture;
  const isOneHidden = (population: string) =>
    ['stimulus', 'label'].includes(population) || circuit.size(population) === hidden[0];
  const learned = learning.changes.map(({ synapses }) => synapses);
  return (
    predicting !== undefined &&
    batch === 1 &&
    hidden.length === 1 &&
    behaviour.before === undefined &&
    circuit.allPopulations.every(({ name }) => isOneHidden(name)) &&
    circuit.allSynapses.every((each) => {
      const { bounds, density } = each.options;
      const isWhole = bounds === undefined && density === undefined && !isHollow(each);
      return each.plastic && learned.includes(each.name) && isWhole;
    }) &&
    new Set(learned).size === learned.length &&
    [...plasticity.values()].every(isPlain) &&
    circuit.allSynapses.every(({ pre, name }) => pre !== circuit.stimulus || isInput(name, learning)) &&
    learning.operations.every(isOperation) &&
    learning.operations.filter(({ kind }) => kind === 'activate').length <= 1 &&
    learning.changes.every(hasUsualDecay) &&
    (ridge === 0 || !gainsByLabels(learning)) &&
    predicting.operations.every(({ kind }) => kind === 'drive' || kind === 'activate')
  );
}

function isPlain({ rate, optimiser }: Plasticity): boolean {
  const { eta0: _, t0: __, ...others } = rate;
  const given = Object.values(others).filter((form) => form !== undefined);
  return given.length === 0 && optimiser.kind === 'plain' && (optimiser.weightDecay ?? 0) === 0;
}

/** Whether all of the weights decay, or nothing of them. */
function hasUsualDecay(change: Change): boolean {
  return !('value' in change) && change.decayBy === undefined && (change.decay === 0 || change.decay === 1);
}

/** Whether noise on the label changes what is learned: where both ends of synapses depend on it. */
function gainsByLabels(trace: Trace): boolean {
  const dependent = dependentOn(trace, label);
  return trace.changes.some(
    (change) => !('value' in change) && dependent.has(change.post) && dependent.has(change.pre),
  );
}

/** Whether synapses from the stimulus are driven by it only, learn from it only, and do not decay. */
function isInput(name: string, { operations, changes }: Trace): boolean {
  const drives = operations.filter((each) => each.kind === 'drive').filter(({ synapses }) => synapses === name);
  return (
    weightName(name) === name &&
    drives.every(({ input, reversed }) => input === stimulus && reversed === undefined) &&
    changes.every((change) => {
      return change.synapses !== name || (!('value' in change) && change.pre === stimulus && change.decay === 0);
    })
  );
}

function isOperation(operation: Operation): boolean {
  switch (operation.kind) {
    case 'drive':
      return operation.by === undefined;
    case 'activate':
      return ['relu', 'tanh'].includes(operation.activation.function) && (operation.mean ?? 'zbar') === 'zbar';
    case 'minus':
    case 'gate':
      return true;
    default:
      return false;
  }
}
