import { findRule, layOut, usualArchitecture, weightName } from '@apical/core';
import { shippedTable } from '@apical/data';
import {
  defaultRunConfig,
  isOwnData,
  optimiserWords,
  ownPath,
  type RunConfig,
  rateWords,
  startWords,
} from '@apical/experiments';
import { quote } from '../data/shell-word.ts';
import { isKnownSet, namedData } from './data-of.ts';
import { writeHidden } from './notation.ts';

/**
 * The `apical train …` line that does this run: what is as the command has it by default is left out.
 * @param init the file whose weights it begins with, where it does
 */
export function commandLine(config: RunConfig, init?: string): string {
  const { rule, data, hidden, activation, meanRate, output, loss, biases, parameters = {}, decoupled } = config;
  const usual = usualFor(config);
  const table = isOfFile(data.set) ? data.table : undefined;
  const words = ['apical', 'train', '--rule', rule, '--data', quote(table ? ownPath(data.set) : data.set)];
  const add = (option: string, value: string | number, same = false) => {
    if (!same) words.push(option, String(value));
  };
  if (table?.target !== undefined) add('--target', quote(table.target));
  if (table?.test !== undefined) add('--test-data', quote(table.test));
  if (table?.testTarget !== undefined) add('--test-target', quote(table.testTarget));
  if (table?.holdOut !== undefined) add('--hold-out', table.holdOut);
  if (table?.seed !== undefined) add('--hold-out-seed', table.seed);
  if (table?.separator !== undefined) add('--separator', table.separator);
  if (table?.header !== undefined) words.push(table.header ? '--header' : '--no-header');
  add('--split', data.split, data.split === usual.data.split);
  add('--inputs', data.inputs, data.inputs === usual.data.inputs);
  add('--labels', data.labels, data.labels === usual.data.labels);
  add('--hidden', writeHidden(hidden), isSame(hidden, usualHidden(config)));
  add('--activation', activation, activation === usualArchitecture(findRule(rule), {}).activation);
  if (meanRate !== undefined) add('--mean-rate', meanRate);
  if (output !== undefined) add('--output', output);
  if (loss !== undefined) add('--loss', loss);
  if (biases !== undefined) words.push(biases ? '--biases' : '--no-biases');
  for (const [name, value] of Object.entries(parameters)) add('--parameter', `${name}=${value}`);
  if (decoupled) words.push('--decoupled');
  if (config.batch !== undefined) add('--batch', config.batch);
  if (config.optimiser) add('--optimiser', optimiserWords(config.optimiser));
  if (config.fused) words.push('--fused');
  add('--ridge', config.ridge, config.ridge === usual.ridge);
  for (const [synapses, rate] of Object.entries(config.rates)) {
    add('--rate', `${synapses}=${rateWords(rate)}`, isSame(rate, usual.rates[synapses]));
  }
  for (const [synapses, initial] of Object.entries({ ...startsOfRule(config, usual), ...config.initial })) {
    add('--initial', `${synapses}=${startWords(initial)}`, isSame(initial, usual.initial[synapses]));
  }
  add('--order', config.order, config.order === usual.order);
  add('--seed', config.seed, config.seed === usual.seed);
  if (init !== undefined) add('--init', quote(init));
  add('--samples', config.samples);
  return words.join(' ');
}

/** What the command takes for what is left out, with the network that the config says. */
function usualFor({ rule, data, ...config }: RunConfig): RunConfig {
  const { hidden, activation, meanRate, output, loss, biases, parameters, decoupled, batch, optimiser } = config;
  return defaultRunConfig(rule, knownData(data).set, {
    ...{ hidden, activation, decoupled },
    ...(meanRate !== undefined && { meanRate }),
    ...(output !== undefined && { output }),
    ...(loss !== undefined && { loss }),
    ...(biases !== undefined && { biases }),
    ...(parameters && { parameters }),
    ...(batch !== undefined && { batch }),
    ...(optimiser && { optimiser }),
    data: knownData(data),
  });
}

/** The rule's own starts of those synapses that start otherwise by default, and of which the config says nothing. */
function startsOfRule({ rule, hidden, ...config }: RunConfig, usual: RunConfig): RunConfig['initial'] {
  const unsaid = Object.keys(usual.initial).filter((name) => !(name in config.initial));
  if (unsaid.length === 0) return {};
  const { allSynapses } = layOut(findRule(rule), { ...config, hidden }).circuit;
  const starts = allSynapses.flatMap(({ name, initial }) =>
    'of' in initial || 'channel' in initial ? [] : [[weightName(name), initial] as const],
  );
  return Object.fromEntries(starts.filter(([name]) => unsaid.includes(name)));
}

/** k where it is not said. */
function usualHidden({ rule, data }: RunConfig): RunConfig['hidden'] {
  const known = knownData(data);
  return defaultRunConfig(rule, known.set, { data: known }).hidden;
}

/** Data of which the command has defaults: these, or in their place those of the paper. */
function knownData({ set, table }: RunConfig['data']): Pick<RunConfig['data'], 'set' | 'table'> {
  if (isOfFile(set)) return { set, ...(table && { table }) };
  return namedData(isKnownSet(set) ? set : 'mnist');
}

/** Whether data are somebody's own, not a table that comes with apical. */
function isOfFile(set: string): boolean {
  return isOwnData(set) && shippedTable(set) === undefined;
}

function isSame(value: unknown, other: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(other);
}
