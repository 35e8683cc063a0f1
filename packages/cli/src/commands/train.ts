import { readFile } from 'node:fs/promises';
import { dataSetNames, loadImages } from '@apical/data';
import type { RunConfig, RunEvaluation, RunTrainingOptions } from '@apical/experiments';
import { type Initial, probeNames, type Rate, readWeights, ruleNames } from 'apical';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { asUsage, UsageError } from '../errors.ts';
import { formatCount, formatObjective, formatPercent, formatReading, formatSeconds } from '../format.ts';
import { dataDirectoryHelp, namesAmong, parseInitial, parseNumber, parseRate, wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';
import { beginProgress } from '../progress/progress.ts';

interface TrainOptions {
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
  config?: string;
  init?: string;
  out?: string;
  dataDir?: string;
}

/** `apical train`. */
export function addTrainCommand(program: Command, context: Context): void {
  program
    .command('train')
    .description(
      'Train one network online and evaluate objective (1) on the way. Without options: what Figure 3 of the paper learns from MNIST with BMVR.',
    )
    .summary('train one network online')
    .option('--rule <name>', `learning rule: ${ruleNames.join(', ')} (default: bmvr)`)
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
      'learning rate of W1, W2 or Q, decaying as η0/(1 + t/t0) if t0 is given; repeatable (default: as Figure 3)',
      parseRate,
    )
    .option(
      '--initial <synapses=form:number>',
      'how synapses start: normal:SD or identity:FACTOR; repeatable (default: as Figure 3)',
      parseInitial,
    )
    .option('--order <name>', 'order of the samples in every epoch: repeated (default) or reshuffled')
    .option('--seed <n>', 'determines initial weights and order (default: 1)', parseNumber)
    .addOption(
      new Option('--epochs <n>', 'times to learn the whole data set').argParser(wholeNumber(1)).conflicts('samples'),
    )
    .option('--samples <n>', 'samples to learn (default: 100000)', parseNumber)
    .option('--evaluate <n>', 'how often to evaluate, evenly on a logarithmic axis (default: 11)', wholeNumber(1))
    .option('--test <split>', 'also measure accuracy, on the images learned and on those of this split: train or test')
    .option(
      '--probe <names>',
      `also measure at each evaluation, separated by commas: ${probeNames.join(', ')}`,
      namesAmong(probeNames),
    )
    .option('--config <run.json>', 'take the settings from a file, such as config.json of a run; options override it')
    .option('--init <weights.safetensors>', 'start from these weights')
    .option(
      '--out <dir>',
      'keep the run in a folder: config.json, metrics.jsonl, checkpoints, weights.safetensors, summary.json; a folder that has the beginning of this run goes on from there',
    )
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical train
  apical train --rule backprop --data fashion-mnist --hidden 4 --epochs 5
  apical train --hidden 64 --activation relu --mean-rate 1e-4 --rate W1=0.001 --rate W2=0.0002 --rate Q=0.001
  apical train --rate W1=0.013:1e3 --rate W2=0.013:1e3 --rate Q=0.005:1e3
  apical train --probe constraint,teaching-signal
  apical train --samples 1e6 --evaluate 30 --out runs/mnist
  apical train --config runs/mnist/config.json --seed 2 --json`,
    )
    .action((options: TrainOptions) => train(options, context));
}

async function train(options: TrainOptions, context: Context): Promise<void> {
  const { init, out: folder, dataDir: directory } = options;
  const config = await readConfig(options);
  const weights = init === undefined ? undefined : await readWeights(await readFile(init), init);
  await trainAndPrint(config, { folder, directory, weights }, context, { init });
}

/** Does a run and prints what comes of it. With a folder, the run goes on from where the folder has it. */
export async function trainAndPrint(
  config: RunConfig,
  options: Pick<RunTrainingOptions, 'folder' | 'directory' | 'weights'>,
  { output, signal }: Context,
  details: object = {},
): Promise<void> {
  const { runTraining } = await import('@apical/experiments');
  const { folder } = options;
  output.note(describe(config));
  const progress = beginProgress(output);
  progress.start([{ label: `${config.rule} on ${config.data.set}`, total: config.samples }]);
  const result = await runTraining(config, {
    ...options,
    signal,
    onProgress: (samples) => progress.update(0, samples),
    onEvaluation: evaluationRows(config, output),
    onNote: (text) => output.note(text),
  }).catch((error: unknown) => {
    if (signal.aborted && folder !== undefined) output.note(`apical: to go on: apical resume ${folder}`);
    throw error;
  });
  output.endProgress();

  const { evaluations, objective, confusion, weightsSha256, seconds } = result;
  output.document({
    config,
    ...details,
    evaluations,
    objective,
    ...(Object.keys(confusion).length > 0 && { confusion }),
    weightsSha256,
    seconds,
    folder,
  });
  output.result(`weights  SHA-256 ${weightsSha256}`);
  if (folder !== undefined) output.result(`written  ${folder}`);
  output.note(`${formatCount(config.samples)} samples in ${formatSeconds(seconds)}`);
}

/** Prints evaluations as the rows of a table, its header before the first; what probes read, in lines below each row. */
function evaluationRows({ samples: end, accuracy: parts }: RunConfig, output: Output) {
  const width = Math.max(formatCount(end).length, 'samples'.length);
  let begun = false;
  const columns = Object.keys(parts).map((name) => ({ name, width: Math.max(name.length, '100.00 %'.length) }));
  return ({ samples, objective, accuracy = {}, probes = {} }: RunEvaluation): void => {
    const titles = columns.map((column) => `  ${column.name.padStart(column.width)}`);
    if (!begun) output.result(output.colors.dim(`${'samples'.padStart(width)}  objective${titles.join('')}`));
    begun = true;
    const shares = columns.map(({ name, width }) => `  ${formatPercent(accuracy[name] ?? Number.NaN).padStart(width)}`);
    output.result(
      `${formatCount(samples).padStart(width)}  ${formatObjective(objective).padEnd(9)}${shares.join('')}`.trimEnd(),
    );
    for (const [name, value] of Object.entries(probes)) {
      output.result(`${' '.repeat(width)}  ${formatReading(value).padEnd(11)} ${name}`);
    }
  };
}

/** The settings: a file's or the defaults, with the options over them. @throws UsageError for those that are wrong */
async function readConfig(options: TrainOptions): Promise<RunConfig> {
  const { config: path, rule = 'bmvr', data = 'mnist', epochs, evaluate, dataDir: directory } = options;
  const file = path === undefined ? undefined : await readJson(path);
  const { defaultRunConfig, evaluationSchedule, parseRunConfig } = await import('@apical/experiments');
  const base: unknown = path === undefined ? asUsage(() => defaultRunConfig(rule, data)) : file;
  const parse = (changes: object) => asUsage(() => parseRunConfig(override(base, options, changes), path ?? 'options'));
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
function override(base: unknown, options: TrainOptions, changes: object): unknown {
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
    throw new UsageError(`${path}: is not JSON: ${error instanceof Error ? error.message : error}`);
  }
}

function describe({ rule, data, hidden, samples, seed }: RunConfig): string {
  return `${rule} on ${data.set} (${data.split}), k = ${hidden}, ${formatCount(samples)} samples, seed ${seed}`;
}
