import {
  allRuleNames,
  DivergenceError,
  FailureError,
  groupOf,
  InputError,
  layersOf,
  type Matrix,
  readWeights,
} from '@apical/core';
import { countImages } from '@apical/data';
import type { OwnPlaces, RunConfig, RunEvaluation, RunTrainingOptions } from '@apical/experiments';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { formatCount, formatObjective, formatPercent, formatReading, formatSeconds } from '../format.ts';
import { heldOut } from '../held-out.ts';
import { parseNumber } from '../options.ts';
import type { Output } from '../output.ts';
import { beginProgress } from '../progress/progress.ts';
import { readNamed } from '../read-file.ts';
import { readRunConfig } from '../read-run-config.ts';
import { addRunOptions, type RunOptions, ruleHelp } from '../run-options.ts';
import { shellWord } from '../shell-word.ts';

interface TrainOptions extends RunOptions {
  config?: string;
  init?: string;
  out?: string;
}

/** `apical train`. */
export function addTrainCommand(program: Command, context: Context): void {
  const command = program
    .command('train')
    .description(
      'Train one network, online or in batches, and evaluate its loss on the way. Without options: what Figure 3 of the paper learns from MNIST with BMVR.',
    )
    .summary('train one network')
    .option(
      '--rule <name>',
      `learning rule: ${allRuleNames.join(', ')}, ${ruleHelp} (default: bmvr); apical rules says what each is`,
    )
    .option('--seed <n>', 'determines initial weights and order (default: 1)', parseNumber)
    .option(
      '--config <run.json>',
      'take all settings from a file, such as config.json of a run (docs/settings.md has them); options override it',
    )
    .option('--init <weights.safetensors>', 'start from these weights')
    .option(
      '--out <dir>',
      'keep the run in a folder: config.json, metrics.jsonl, checkpoints, weights.safetensors, summary.json; a folder that has the beginning of this run goes on from there',
    );
  addRunOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  apical train
  apical train --rule backprop --data fashion-mnist --hidden 4 --epochs 5
  apical train --hidden 64 --activation relu --mean-rate 1e-4 --rate W1=0.001 --rate W2=0.0002 --rate Q=0.001
  apical train --rate W1=0.013:1e3 --rate W2=0.013:1e3 --rate Q=0.005:1e3
  apical train --probe constraint,teaching-signal
  apical train --rule kolen-pollack --split train --test test --hidden 500 --activation sigmoid --output sigmoid --loss cross-entropy --batch 128 --rate W=0.3 --epochs 20
  apical train --rule backprop --hidden 256,256 --activation relu --output softmax --optimiser adam --rate W=1e-3 --batch 128
  apical train --rule weight-mirror --hidden 64 --activation tanh --parameter amplitude=0.2 --rate W=0.01 --rate B=0.1
  apical train --rule ./my-rule.ts --hidden 32 --rate W=0.01
  apical train --samples 1e6 --evaluate 30 --out runs/mnist
  apical train --config runs/mnist/config.json --seed 2 --json

Rules in time are shown streams, such as --data stream:poisson?cells=200&rate=0.01: docs/in-time.md has them.`,
    )
    .action((options: TrainOptions) => train(options, context));
}

async function train(options: TrainOptions, context: Context): Promise<void> {
  const { init, out: folder, dataDir: directory } = options;
  const { config } = await readRunConfig(options.config, options);
  const weights = init === undefined ? undefined : await readStart(init, config, context.output);
  await trainAndPrint(config, { folder, directory, weights }, context, { init });
}

/** The weights to start from. @throws InputError where they are of another number of hidden units than the run's */
async function readStart(given: string, config: RunConfig, output: Output): Promise<Record<string, Matrix>> {
  const { fileIn, namesOfRun } = await import('@apical/experiments');
  const { hidden } = config;
  const file = fileIn(given, 'weights.safetensors');
  const weights = await readWeights(await readNamed(file), file);
  const [first] = layersOf(hidden);
  const units = weights.W1?.rows ?? first;
  const names = namesOfRun(config, config)?.starts ?? [];
  const synapses = names.filter((name) => !names.some((other) => other !== name && groupOf(other) === name));
  const without = synapses.filter((name) => !Object.hasOwn(weights, name));
  if (without.length > 0) output.note(`--init ${file}: has no ${without.join(', ')}; they start as without --init`);
  if (units === first) return weights;
  const advice = layersOf(hidden).length > 1 ? '' : `; with --hidden ${units} they fit`;
  throw new InputError(`--init ${file}: its weights are of ${units} hidden units, and the run has ${first}${advice}`);
}

/** Does a run and prints what comes of it. With a folder, the run goes on from where the folder has it. */
export async function trainAndPrint(
  config: RunConfig,
  options: Pick<RunTrainingOptions, 'folder' | 'directory' | 'places' | 'weights' | 'extends'>,
  { output, signal }: Context,
  details: object = {},
): Promise<void> {
  const {
    dataWarnings,
    describeData,
    divergenceAdvice,
    hasObjective,
    objectiveOfRun,
    movedOptions,
    objectiveTitle,
    ruleOf,
    runTraining,
  } = await import('@apical/experiments');
  const { folder } = options;
  if (config.record !== undefined && folder === undefined) {
    throw new InputError('record: what is recorded is kept in the folder of the run: say which with --out');
  }
  const own = describeData(config.data);
  if (own === undefined) output.note([describe(config), ...describeParts(config)].join('\n'));
  const progress = beginProgress(output);
  const title = hasObjective(ruleOf(config), config) ? objectiveTitle(objectiveOfRun(config)) : undefined;
  const printRows = evaluationRows(config, title, output);
  const evaluations: RunEvaluation[] = [];
  const warnings: string[] = [];
  const warn = (text: string) => {
    warnings.push(text);
    output.warn(text);
  };
  const documentOf = (outcome: object) => ({
    config,
    ...details,
    evaluations,
    ...outcome,
    ...(warnings.length > 0 && { warnings }),
    folder,
  });
  progress.start([{ label: `${config.rule} on ${config.data.set}`, total: config.samples }]);
  const result = await runTraining(config, {
    ...options,
    signal,
    // It was found when the run began: the data may have changed since.
    onData: () => {
      if (own !== undefined) output.note(`${describe(config)}\n${own}`);
      for (const text of dataWarnings(config)) warn(text);
    },
    onProgress: (samples) => progress.update(0, samples),
    onEvaluation: (evaluation) => {
      progress.update(0, evaluation.samples);
      evaluations.push(evaluation);
      printRows(evaluation);
    },
    onNote: (text) => output.note(text),
    onWarning: warn,
  }).catch((error: unknown) => {
    if (error instanceof DivergenceError) output.document(documentOf({ status: 'diverged', divergedAt: error.sample }));
    if (signal.aborted && folder !== undefined)
      output.note(`apical: to go on: ${resumption(folder, options, movedOptions)}`);
    const advice = error instanceof DivergenceError ? divergenceAdvice(config) : undefined;
    if (advice === undefined) throw error;
    throw new FailureError(`${(error as Error).message}, ${advice}`, { cause: error });
  });
  output.endProgress();

  const { objective, confusion, weightsSha256, seconds } = result;
  const classified = Object.keys(confusion).length > 0 ? { confusion } : {};
  output.document(documentOf({ status: 'finished', objective, ...classified, weightsSha256, seconds }));
  output.result(`weights  SHA-256 ${weightsSha256}`);
  if (folder !== undefined) output.result(`written  ${folder}`);
  output.note(`${formatCount(config.samples)} samples in ${formatSeconds(seconds)}`);
}

/** The command that goes on with a run: its data are where they are now. */
function resumption(
  folder: string,
  { directory, places = {} }: Pick<RunTrainingOptions, 'directory' | 'places'>,
  moved: Readonly<Record<Exclude<keyof OwnPlaces, 'data'>, string>>,
): string {
  const options: Record<string, string> = { data: '--data', ...moved };
  const words = Object.entries(places).flatMap(([name, path]) => [options[name]!, path]);
  const known = directory === undefined ? [] : ['--data-dir', directory];
  return ['apical', 'resume', folder, ...words, ...known].map(shellWord).join(' ');
}

/**
 * Prints evaluations as the rows of a table, its header before the first; what probes read, in lines below each row.
 * @param title of the objective, where there is one
 */
function evaluationRows(
  { samples: end, running = false, accuracy: parts }: RunConfig,
  title: string | undefined,
  output: Output,
) {
  const width = Math.max(formatCount(end).length, 'samples'.length);
  let begun = false;
  const measured = [...(running ? ['running'] : []), ...Object.keys(parts)];
  const columns = measured.map((name) => ({ name, width: Math.max(name.length, '100.00 %'.length) }));
  return ({ samples, objective, accuracy = {}, probes = {} }: RunEvaluation): void => {
    const titles = columns.map((column) => `  ${column.name.padStart(column.width)}`);
    const held = heldOut.filter(({ name }) => probes[name] !== undefined);
    if (!begun) {
      titles.push(...held.map((column) => `  ${column.title.padStart(column.width)}`));
      output.result(output.colors.dim(`${'samples'.padStart(width)}  ${title ?? ''}${titles.join('')}`.trimEnd()));
    }
    begun = true;
    const shares = columns.map(({ name, width }) => `  ${formatPercent(accuracy[name] ?? Number.NaN).padStart(width)}`);
    const value = title === undefined ? '' : formatObjective(objective).padEnd(title.length);
    const others = held.map(({ name, width, format }) => `  ${format(probes[name]!).padStart(width)}`);
    output.result(`${formatCount(samples).padStart(width)}  ${value}${shares.join('')}${others.join('')}`.trimEnd());
    for (const [name, value] of Object.entries(probes)) {
      if (held.some((column) => column.name === name)) continue;
      output.result(`${' '.repeat(width)}  ${formatReading(value).padEnd(11)} ${name}`);
    }
  };
}

function describe({ rule, data, hidden, samples, seed }: RunConfig): string {
  const part = data.first === undefined ? data.split : `${data.split}, the first ${formatCount(data.first)}`;
  return `${rule} on ${data.set} (${part}), k = ${layersOf(hidden).join(', ')}, ${formatCount(samples)} samples, seed ${seed}`;
}

/** Which images each accuracy is measured on, a line each: "train: the images learned (mnist test, 10,000)". */
function describeParts({ data: { set, split }, accuracy }: RunConfig): string[] {
  return Object.entries(accuracy).map(([name, part]) => {
    const { first = countImages(set, part.split) } = part;
    const what = part.split === split ? 'the images learned' : 'held out';
    return `${name}: ${what} (${set} ${part.split}, ${formatCount(first)})`;
  });
}
