import { readFile } from 'node:fs/promises';
import { type Initial, InputError, probeNames, type Rate } from '@apical/core';
import { dataSetNames, loadImages } from '@apical/data';
import type { RunConfig } from '@apical/experiments';
import { type Command, Option } from 'commander';
import { dataDirectoryHelp, namesAmong, parseInitial, parseNumber, parseRate, wholeNumber } from './options.ts';

/** The settings of a run, as options name them; what is not given stays as it is. */
export interface RunOptions {
  rule?: string;
  data?: string;
  split?: string;
  inputs?: string;
  labels?: string;
  hidden?: number;
  activation?: string;
  meanRate?: number;
  decoupled?: boolean;
  ridge?: number;
  rate?: Record<string, Rate>;
  initial?: Record<string, Initial>;
  order?: string;
  seed?: number;
  epochs?: number;
  samples?: number;
  evaluate?: number;
  test?: string;
  probe?: string[];
  dataDir?: string;
}

/** Adds the options that every command has that learns from data, but for the rule and the seed. */
export function addRunOptions(command: Command): Command {
  return command
    .option('--data <name>', `data set: ${dataSetNames.join(', ')} (default: mnist)`)
    .option('--split <name>', 'train or test images (default: test, as the paper)')
    .option('--inputs <name>', 'pixels as they are (raw), unit, unit-length or standardised (default)')
    .option('--labels <name>', 'one-hot or one-hot-centred (default)')
    .option('--hidden <k>', 'hidden units (default: as Figure 3)', parseNumber)
    .option('--activation <name>', 'of the hidden units: linear (default), relu or tanh')
    .option(
      '--mean-rate <ε>',
      'subtract a running mean of this rate from the activity; not for linear units',
      parseNumber,
    )
    .option('--decoupled', 'give interneurons weights R of their own, instead of Qᵀ')
    .option(
      '--ridge <λ>',
      "added to the diagonal of the inputs' covariance (default: 0.1; 0 but for linear units)",
      parseNumber,
    )
    .option(
      '--rate <synapses=η0[:t0]>',
      'learning rate of W1, W2 or Q, decaying as η0/(1 + t/t0) if t0 is given; repeatable (default: as Figure 3, whose rates are for its own k: more hidden units need smaller ones, such as 0.002 at k = 10)',
      parseRate,
    )
    .option(
      '--initial <synapses=form:number>',
      'how synapses start: normal:SD or identity:FACTOR; repeatable (default: as Figure 3)',
      parseInitial,
    )
    .option('--order <name>', 'order of the samples in every epoch: repeated (default) or reshuffled')
    .addOption(
      new Option('--epochs <n>', 'times to learn the whole data set').argParser(wholeNumber(1)).conflicts('samples'),
    )
    .option('--samples <n>', 'samples to learn (default: 100000)', parseNumber)
    .option('--evaluate <n>', 'how often to evaluate, evenly on a logarithmic axis (default: 11)', wholeNumber(1))
    .option(
      '--test <split>',
      'also measure accuracy, on the images learned and on those held out, of the other split: train or test',
    )
    .option(
      '--probe <names>',
      `also measure at each evaluation, separated by commas: ${probeNames.join(', ')}`,
      namesAmong(probeNames),
    )
    .option('--data-dir <dir>', dataDirectoryHelp);
}

/**
 * The settings: a file's, or the defaults of the rule and the data set, with the options over them.
 *
 * @throws InputError for those that are wrong
 */
export async function readRunConfig(path: string | undefined, options: RunOptions): Promise<RunConfig> {
  const { rule = 'bmvr', data = 'mnist', epochs, evaluate, dataDir: directory } = options;
  const file = path === undefined ? undefined : await readJson(path);
  const { defaultRunConfig, evaluationSchedule, parseRunConfig } = await import('@apical/experiments');
  const base: unknown = path === undefined ? defaultRunConfig(rule, data) : file;
  const parse = (changes: object) => parseRunConfig(override(base, options, changes), path ?? 'options');
  if (epochs === undefined && options.samples === undefined && evaluate === undefined) return parse({});
  // What is evaluated when depends on how much is learned, and this on the data set.
  const {
    samples,
    data: { set, split },
  } = parse({ samples: options.samples, evaluateAt: [] });
  const end = epochs === undefined ? samples : epochs * (await loadImages({ set, split, directory })).count;
  return parse({ samples: end, evaluateAt: evaluationSchedule(end, evaluate) });
}

/** The settings with the options, then the other changes, in their places; what is not given stays. */
function override(base: unknown, options: RunOptions, changes: object): unknown {
  if (!isRecord(base)) return base;
  const {
    rule,
    data: set,
    split,
    inputs,
    labels,
    hidden,
    activation,
    meanRate,
    decoupled,
    order,
    probe,
    seed,
  } = options;
  const nonlinear = activation !== undefined && activation !== 'linear';
  const learned = split ?? (isRecord(base.data) ? base.data.split : undefined);
  if (options.test !== undefined && options.test === learned) {
    throw new InputError(
      `--test ${options.test}: these are the images that are learned; ${options.test === 'test' ? 'train' : 'test'} are those held out`,
    );
  }
  const ridge = options.ridge ?? (nonlinear ? 0 : undefined);
  return {
    ...base,
    ...given({ rule, hidden, activation, meanRate, decoupled, ridge, order, probes: probe, seed, ...changes }),
    ...(isRecord(base.data) && { data: { ...base.data, ...given({ set, split, inputs, labels }) } }),
    ...(isRecord(base.rates) && { rates: { ...base.rates, ...options.rate } }),
    ...(isRecord(base.initial) && { initial: { ...base.initial, ...options.initial } }),
    ...(options.test !== undefined && { accuracy: { train: { split: learned }, test: { split: options.test } } }),
  };
}

function given(values: object): object {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${path}: is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}
