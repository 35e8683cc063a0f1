import { InputError } from '@apical/core';
import type { ModelEvaluation } from '@apical/experiments';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { formatCount, formatObjective, formatReading, formatTable } from '../format.ts';
import { addModelOptions, type ModelDataOptions, sourceFor } from '../model-options.ts';

/** `apical evaluate`. */
export function addEvaluateCommand(program: Command, context: Context): void {
  addModelOptions(program.command('evaluate'))
    .description(
      'Measure a model on a data set, or on samples and labels in files: accuracy, mean loss (of squared error, objective (1)), and what every class was taken for; of rules that predict no labels, their objective and what the probes say that fit.',
    )
    .summary('measure a model')
    .option(
      '--labels <file>',
      'with --input: the class of each sample, by number or name, or its label, a row each; a file as for --input',
    )
    .addHelpText(
      'after',
      `
Examples:
  apical evaluate runs/mnist/weights.safetensors --data mnist --split train
  apical evaluate runs/mnist/weights.safetensors --input pixels.npy --labels classes.csv --json`,
    )
    .action((model: string, options: ModelDataOptions) => evaluate(model, options, context));
}

async function evaluate(path: string, options: ModelDataOptions, { output }: Context): Promise<void> {
  const source = await sourceFor(path, options);
  if ((options.input === undefined) !== (options.labels === undefined)) {
    throw new InputError('--input and --labels belong together: samples, and what they are');
  }
  const { evaluateModel, loadModelData, probeModel, readModelFile } = await import('@apical/experiments');
  const model = await readModelFile(path, options.rule);
  const data = await loadModelData(model, source);
  for (const note of data.notes) output.note(note);
  const evaluation = evaluateModel(model, data);
  const { probes, notes } = await probeModel(model, data);
  for (const note of notes) output.note(note);
  output.document({
    model: path,
    ...evaluation,
    ...(Object.keys(probes).length > 0 && { probes }),
    classNames: model.classNames,
  });
  output.result(formatEvaluation(evaluation, model.classNames, probes));
}

/** What objective (1) is, where labels are numbers: `objective / n` is what other programs call the mean squared error. */
const summed = '(squared error, summed over outputs, mean over samples)';

function formatEvaluation(
  { samples, objective, loss = 'squared', accuracy, confusion, r2 }: ModelEvaluation,
  names: readonly string[] = [],
  probes: Readonly<Record<string, number>> = {},
): string {
  const isNumbers = loss === 'squared' && r2 !== undefined;
  const figures = [
    ['samples', formatCount(samples)],
    ...(accuracy === undefined ? [] : [['accuracy', `${(100 * accuracy).toFixed(2)} %`]]),
    [loss === 'squared' ? 'objective' : loss, formatObjective(objective) + (isNumbers ? `  ${summed}` : '')],
    ...(r2 === undefined ? [] : [['R²', formatReading(r2)]]),
    ...Object.entries(probes).map(([name, value]) => [name, formatReading(value)]),
  ];
  if (!confusion) return formatTable(figures);
  const numbers = confusion.map((_, i) => String(i));
  const rows = confusion.map((counts, i) => [named(numbers[i]!, names[i]), ...counts.map(String)]);
  const table = formatTable(
    [['class', ...numbers], ...rows],
    numbers.map((_, i) => i + 1),
  );
  return [formatTable(figures), '', 'how many of each class (a row) were taken for which:', table].join('\n');
}

function named(number: string, name = number): string {
  return name === number ? number : `${number} ${name}`;
}
