import type { Initial, Rate } from '@apical/core';
import { dataSetNames } from '@apical/data';
import { defaultRunConfig, type RunConfig } from '@apical/experiments';

/**
 * The `apical train …` line that does this run: what is as the command has it by default is left out.
 * @param init the file whose weights it begins with, where it does
 */
export function commandLine(config: RunConfig, init?: string): string {
  const { rule, data } = config;
  const usual = defaultRunConfig(rule, dataSetNames.includes(data.set) ? data.set : 'mnist');
  const words = ['apical', 'train', '--rule', rule, '--data', data.set];
  const add = (option: string, value: string | number, same: boolean) => {
    if (!same) words.push(option, String(value));
  };
  add('--split', data.split, data.split === usual.data.split);
  add('--inputs', data.inputs, data.inputs === usual.data.inputs);
  add('--labels', data.labels, data.labels === usual.data.labels);
  add('--hidden', config.hidden, config.hidden === usual.hidden);
  add('--activation', config.activation, config.activation === usual.activation);
  if (config.meanRate !== undefined) words.push('--mean-rate', String(config.meanRate));
  if (config.decoupled) words.push('--decoupled');
  // Without --ridge, the command takes 0 for units that are not linear.
  add('--ridge', config.ridge, config.ridge === (config.activation === 'linear' ? usual.ridge : 0));
  for (const [synapses, rate] of Object.entries(config.rates)) {
    add('--rate', `${synapses}=${writeRate(rate)}`, isSame(rate, usual.rates[synapses]));
  }
  for (const [synapses, initial] of Object.entries(config.initial)) {
    add('--initial', `${synapses}=${writeInitial(initial)}`, isSame(initial, usual.initial[synapses]));
  }
  add('--order', config.order, config.order === usual.order);
  add('--seed', config.seed, config.seed === usual.seed);
  if (init !== undefined) words.push('--init', quote(init));
  words.push('--samples', String(config.samples));
  return words.join(' ');
}

/** A word of a shell's command line. */
function quote(word: string): string {
  return /^[\w.,/+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

function isSame(value: unknown, other: unknown): boolean {
  return JSON.stringify(value) === JSON.stringify(other);
}

/** As command line and address write a rate: `0.01:1000` is η0 = 0.01 and t0 = 1000. */
export function writeRate({ eta0, t0 }: Rate): string {
  return t0 === undefined ? String(eta0) : `${eta0}:${t0}`;
}

/** As command line and address write how weights start: `normal:0.01`, `identity:0.25`. */
export function writeInitial(initial: Initial): string {
  return 'normal' in initial ? `normal:${initial.normal}` : `identity:${initial.identity}`;
}
