import type { Fall, Fan, Initial, Optimiser, Rate } from '@apical/core';
import { isSynthetic, syntheticSet } from '@apical/data';
import { type Clock, clockOfRun } from '../config/clock-of-run.ts';
import { isNumberData } from '../config/own-data.ts';
import { rangesOf } from '../config/ranges.ts';
import { ruleOf } from '../config/rule-of.ts';
import type { RunConfig } from '../config/run-config.ts';
import { html, type Markup } from './markup.ts';
import { count } from './numbers.ts';

const inputsWords: Record<RunConfig['data']['inputs'], string> = {
  raw: 'pixels as they are, 0 to 255',
  unit: 'pixels / 255',
  'unit-length': 'pixels divided by the length of each image',
  standardised: 'pixels standardised with one mean and one standard deviation over the whole set',
  columns: 'standardised column by column',
  centred: 'pixels minus the mean of each, scaled so that the mean length of images is 1',
};

const tableInputsWords: Record<RunConfig['data']['inputs'], string> = {
  raw: 'numbers as they are',
  unit: 'numbers / 255',
  'unit-length': 'numbers divided by the length of each sample',
  standardised: 'numbers standardised with one mean and one standard deviation over all that is learned',
  columns: 'numbers standardised with the mean and the standard deviation of each column of what is learned',
  centred: 'numbers minus the mean of each column, scaled so that the mean length of what is learned is 1',
};

const labelsWords: Record<RunConfig['data']['labels'], string> = {
  'one-hot': 'one-hot',
  'one-hot-centred': 'one-hot minus the mean of all label entries',
  numbers: 'numbers as they are',
  none: 'left out',
};

const orderWords: Record<RunConfig['order'], string> = {
  repeated: 'one permutation, repeated every epoch',
  reshuffled: 'a new permutation every epoch',
  'as-given': 'as they are in the data set, every epoch',
};

interface Setting {
  readonly name: string;
  readonly value: Markup;
}

/**
 * Everything that determines a method's runs but their seeds, each setting with its name; of parameters those that were given first.
 * @param schedules after how many samples they are evaluated, where not all are as the config says
 */
export function settingsOf(
  config: RunConfig,
  schedules = [config.evaluateAt] as readonly (readonly number[])[],
): Setting[] {
  const { ruleModule, parameters = {} } = config;
  const rule = ruleOf(config);
  const clock = clockOfRun(config);
  const defaults = Object.entries(rule?.parameters ?? {}).map(
    ([name, parameter]) => [name, parameter.default] as const,
  );
  const others = Object.entries({ ...parameters, ...Object.fromEntries(defaults), ...parameters }).filter(
    ([name]) => name !== 'decoupled' && (clock === undefined || name !== 'dt'),
  );
  return [
    { name: 'Learning rule', value: html`${config.rule}` },
    ...(ruleModule ? [{ name: 'Its module', value: html`${ruleModule.path}, SHA-256 ${ruleModule.sha256}` }] : []),
    ...others.map(([name, value]) => ({ name: `Parameter ${name}`, value: html`${String(value)}` })),
    ...(clock === undefined ? settingsOfSamples(config) : settingsInTime(config, clock)),
    {
      name: 'Evaluated after',
      value: html`${schedules.map((points) => points.map(count).join('; ')).join(', or ')} ${clock === undefined ? 'samples' : 'steps'}`,
    },
    ...(config.record === undefined ? [] : [{ name: 'Recorded', value: html`${recordWords(config.record)}` }]),
  ];
}

/** What runs in time are shown and do: their samples are steps. */
function settingsInTime(config: RunConfig, { unit, dt, time }: Clock): Setting[] {
  const { samples, learnFrom = 0 } = config;
  const steps = (number: number) => `${count(number)} (${time(number).toLocaleString('en')} ${unit})`;
  return [
    { name: 'Step of time, dt', value: html`${dt} ${unit}` },
    { name: 'Stream', value: html`${config.data.set}` },
    { name: 'Cells', value: html`${hiddenWords(config.hidden)}` },
    ...learningRows(config),
    { name: 'Steps', value: html`${steps(samples)}` },
    ...(learnFrom === 0 ? [] : [{ name: 'Learning begins after', value: html`${steps(learnFrom)} steps` }]),
  ];
}

function recordWords({ signals = [], cells, spans, every, weights = [] }: NonNullable<RunConfig['record']>): string {
  return [
    signals.join(', '),
    ...(cells === undefined ? [] : [`of ${cells.length === 1 ? 'cell' : 'cells'} ${rangesOf(cells)}`]),
    ...(spans === undefined ? [] : [`in the steps ${spans.map(([from, until]) => `${from}–${until}`).join(', ')}`]),
    ...(every === undefined ? [] : [`every ${every} steps`]),
    ...(weights.length === 0 ? [] : [`weights ${weights.join(', ')}`]),
  ]
    .filter((part) => part !== '')
    .join('; ');
}

/** What runs are shown and do whose samples are those of a data set. */
function settingsOfSamples(config: RunConfig): Setting[] {
  const { data, batch } = config;
  return [
    ...(data.shuffle === undefined ? [] : [{ name: 'Order', value: html`shuffled, ${data.shuffle}` }]),
    ...(data.first === undefined ? [] : [{ name: 'Images', value: html`the first ${count(data.first)}` }]),
    ...tableRows(data),
    ...generatedRows(data),
    { name: 'Inputs', value: html`${(isNumberData(data.set) ? tableInputsWords : inputsWords)[data.inputs]}` },
    { name: 'Labels', value: html`${labelsWords[data.labels]}` },
    { name: 'Hidden units, k', value: html`${hiddenWords(config.hidden)}` },
    { name: 'Activation', value: html`${activationWords(config)}` },
    ...networkRows(config),
    ...(config.decoupled ? [{ name: 'Interneurons', value: html`decoupled: R is not Qᵀ` }] : []),
    ...(config.ridge > 0 ? [{ name: 'Ridge, λ', value: html`${config.ridge}` }] : []),
    ...(batch === undefined ? [] : [{ name: 'Batch', value: html`${count(batch)} samples` }]),
    ...learningRows(config),
    { name: 'Order of samples', value: html`${orderWords[config.order]}` },
    { name: 'Samples learned', value: html`${count(config.samples)}` },
  ];
}

/** By what weights change, and where they start. */
function learningRows({ rates, fused, optimiser, optimisers = {}, initial }: RunConfig): Setting[] {
  return [
    ...(fused ? [{ name: 'Products', value: html`added without being rounded before (fused)` }] : []),
    ...Object.entries(rates).map(([synapses, rate]) => ({
      name: `Learning rate of ${synapses}`,
      value: rateWords(rate),
    })),
    ...(optimiser ? [{ name: 'Optimiser', value: html`${optimiserWords(optimiser)}` }] : []),
    ...Object.entries(optimisers).map(([synapses, each]) => ({
      name: `Optimiser of ${synapses}`,
      value: html`${optimiserWords(each)}`,
    })),
    ...Object.entries(initial).map(([synapses, start]) => ({
      name: `Initial ${synapses}`,
      value: html`${initialWords(start)}`,
    })),
  ];
}

function tableRows({ table }: RunConfig['data']): Setting[] {
  if (table === undefined) return [];
  const { target, secondView, test, holdOut, seed = 1 } = table;
  return [
    ...(target === undefined ? [] : [{ name: 'Target', value: html`${target}` }]),
    ...(secondView === undefined ? [] : [{ name: 'Second view', value: html`${secondView}` }]),
    ...(test === undefined ? [] : [{ name: 'Held out', value: html`${test}` }]),
    ...(holdOut === undefined ? [] : [{ name: 'Held out', value: html`${holdOut} of the samples, by seed ${seed}` }]),
  ];
}

function generatedRows({ set }: RunConfig['data']): Setting[] {
  if (!isSynthetic(set)) return [];
  const { description, train, test } = syntheticSet(set);
  const held = test > 0 ? `, ${count(test)} others held out` : '';
  return [{ name: 'Generated', value: html`${description}; ${count(train)} learned${held}` }];
}

/** "500", "256, 256". */
export function hiddenWords(hidden: RunConfig['hidden']): string {
  return [hidden].flat().join(', ');
}

function networkRows({ output, loss, biases }: RunConfig): Setting[] {
  return [
    ...(output === undefined ? [] : [{ name: 'Output', value: html`${output}` }]),
    ...(loss === undefined ? [] : [{ name: 'Loss', value: html`${loss}` }]),
    ...(biases === undefined ? [] : [{ name: 'Biases', value: html`${biases ? 'yes' : 'no'}` }]),
  ];
}

function activationWords({ activation, meanRate }: RunConfig): string {
  return meanRate === undefined ? activation : `${activation}, minus its running mean (ε = ${meanRate})`;
}

function rateWords({ eta0, t0, linear, cosine, steps }: Rate): Markup {
  const start = html`η<sub>0</sub> = ${eta0}`;
  if (t0 !== undefined) return html`${start}, t<sub>0</sub> = ${count(t0)}`;
  if (linear) return html`${start}, falling along a line ${fallWords(linear)}`;
  if (cosine) return html`${start}, falling along a cosine ${fallWords(cosine)}`;
  if (steps) return html`${start}, times ${steps.factor} from each of the updates ${steps.at.map(count).join(', ')} on`;
  return html`η = ${eta0}, constant`;
}

function fallWords({ over, to = 0 }: Fall): string {
  return `to ${to === 0 ? '0' : `${to} η0`} over ${count(over)} updates`;
}

/** "adam, beta1 0.9, weightDecay 0.0001". */
function optimiserWords({ kind, ...numbers }: Optimiser): string {
  return [kind, ...Object.entries(numbers).map(([name, value]) => `${name} ${value}`)].join(', ');
}

function initialWords(initial: Initial): string {
  if ('orthogonal' in initial) return `${initial.orthogonal} × random orthogonal`;
  if ('identity' in initial) return `${initial.identity} × identity`;
  if ('constant' in initial) return `${initial.constant} everywhere`;
  const over = initial.fan === undefined ? '' : ` / √(${fanWords[initial.fan]})`;
  return 'normal' in initial
    ? `normal, mean 0, standard deviation ${initial.normal}${over}`
    : `uniform, within ±${initial.uniform}${over}`;
}

const fanWords: Record<Fan, string> = {
  in: 'cells that synapses come from',
  out: 'cells that they go to',
  sum: 'cells that they come from and go to',
};
