import { batchEnd, findRule, InputError } from '@apical/core';
import { folderTarget, shippedTable } from '@apical/data';
import { evaluationSchedule, isOwnData, ownPath, ownSet, parseRunConfig, type RunConfig } from '@apical/experiments';
import type { AnyImages } from '../data/images.ts';
import { ownPrefix } from '../data/own-data.ts';
import { circuitOptions } from './circuit.ts';
import { countSamples, hasNumberLabels, labelsFor, namedData } from './data-of.ts';
import { type Experiment, settingsOf } from './experiment.ts';
import { usualConfig } from './usual-settings.ts';

/**
 * The run of one rule, as the command line does it. `samples` is how many it has learned: what is within a batch is learned to its end.
 * @throws InputError where the settings make no run
 */
export function runConfigOf(experiment: Experiment, rule: string, samples = 100_000): RunConfig {
  const { set, split, labels, batch, fused, optimiser, order, seed } = experiment;
  const { inputs, rates, initial } = settingsOf(experiment, rule);
  const config = {
    rule,
    data: { ...namedData(set), split, inputs, labels: labelsFor(set, rule, labels) },
    ...circuitOptions(experiment, rule),
    ...(batch !== 1 && { batch }),
    ...(optimiser && { optimiser }),
    ridge: takesRidge(experiment, rule) ? experiment.ridge : 0,
    ...(fused && { fused }),
    rates,
    initial,
    order,
    accuracy: {},
    probes: [],
    seed,
  };
  if (!set.startsWith(ownPrefix)) {
    const count = countSamples(set, split);
    const end = batchEnd(Math.max(1, samples), count, batch);
    return parseRunConfig(
      { ...config, samples: end, evaluateAt: evaluationSchedule(end, undefined, { count, batch }) },
      'settings',
    );
  }
  // Data of one's own have no name that a config can hold; all else is checked.
  const epoch = countSamples('mnist', split);
  const standIn = { ...config, data: { ...config.data, ...standInTable(epoch) }, samples: epoch, evaluateAt: [] };
  const end = Math.max(1, samples);
  return {
    ...parseRunConfig(standIn, 'settings'),
    data: config.data,
    samples: end,
    evaluateAt: evaluationSchedule(end),
  };
}

/** A table of classes, in the place of data that have no name. */
function standInTable(samples: number): Pick<RunConfig['data'], 'set' | 'table'> {
  const found = { sha256: '0'.repeat(64), train: samples, inputs: 1, classes: ['0', '1'] };
  return { set: 'file:own', table: { target: '1', found } };
}

/** The config as the command has it: data of one's own by their file, and by what in it is told. Where that lies the page does not know. */
export function withOwnTable(config: RunConfig, images: AnyImages | undefined): RunConfig {
  const { table, prepared } = images ?? {};
  const { set, inputs } = config.data;
  if (!set.startsWith(ownPrefix) || !table) return config;
  const learned = prepared && inputs === 'raw' ? prepared.inputs : inputs;
  return { ...config, data: { ...config.data, set: ownSet(set.slice(ownPrefix.length)), table, inputs: learned } };
}

/** Whether the rule's network learns with the ridge: where it does by the command's own settings. */
export function takesRidge(experiment: Experiment, rule: string): boolean {
  return usualConfig(experiment, rule).ridge > 0;
}

/**
 * The experiment in which a run of this config is done, by its rule alone.
 * @throws InputError for settings that the page has not
 */
export function withConfig(config: RunConfig): Experiment {
  const {
    rule,
    ruleModule,
    data,
    activation,
    meanRate,
    loss,
    biases,
    batch = 1,
    optimiser,
    ridge,
    fused = false,
    order,
    seed,
  } = config;
  const { rates, initial, parameters, decoupled } = config;
  const { set, split, inputs, labels, labelInputs, shuffle, first, table } = data;
  if (ruleModule !== undefined) throw new InputError(`the page has no rules of modules, such as ${ruleModule.path}`);
  if (first !== undefined)
    throw new InputError(`the page learns all ${split} images of ${set}, not the first ${first}`);
  if (shuffle !== undefined) throw new InputError('the page learns images in the order of the data set, not shuffled');
  const shipped = shippedTable(set);
  if (isOwnData(set) && !shipped) {
    const path = ownPath(set);
    if (table?.target === folderTarget)
      throw new InputError(`learns the folder of images ${path}, which is for the command: apical train --config FILE`);
    throw new InputError(
      `learns ${path}, which the page does not have: bring the config and that file together, or weights (.safetensors) that learned it and the file, or the file alone`,
    );
  }
  if (labels === 'numbers' && !hasNumberLabels(set)) throw new InputError('the page learns classes, not numbers');
  if (labelInputs !== undefined)
    throw new InputError(`the page takes second views as they are, not ${labelInputs} ("labelInputs")`);
  const parted = Object.keys(table ?? {}).filter((name) => !['target', 'found'].includes(name));
  if (parted.length > 0) throw new InputError(`the page learns all samples of ${set}: without ${parted.join(', ')}`);
  if (shipped && table?.target !== shipped.target)
    throw new InputError(`the page tells ${shipped.target} of ${set}, not ${table?.target}`);
  if (config.optimisers !== undefined)
    throw new InputError('the page has one optimiser for all synapses: "optimisers" must be left out');
  return {
    ...{ set, split, activation, meanRate, loss, biases, batch, optimiser, ridge, fused, order, seed },
    labels: labels === 'none' || labels === 'numbers' ? 'one-hot-centred' : labels,
    hidden: config.hidden,
    output: config.output ?? findRule(rule).shape.outputs[0] ?? 'linear',
    rules: [rule],
    settings: { [rule]: { inputs, rates, initial, parameters: { ...parameters, ...(decoupled && { decoupled }) } } },
    changes: [],
  };
}
