import { extname } from 'node:path';
import { InputError } from '@apical/core';
import { listed, writeCsv, writeNpy, writeTexts } from '@apical/data';
import type { Prediction, PredictionKind } from '@apical/experiments';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { formatCounted } from '../format.ts';
import { addModelOptions, type ModelDataOptions, sourceFor } from '../model-options.ts';
import { refuseOverwriting } from '../overwriting.ts';

interface PredictOptions extends ModelDataOptions {
  what?: PredictionKind;
  out?: string;
}

const kinds: readonly PredictionKind[] = ['classes', 'class-numbers', 'outputs', 'hidden', 'second', 'both'];

/** What predictions can be written as, by the file's extension. */
const formats: Readonly<Record<string, (prediction: Prediction) => string | Uint8Array>> = {
  '.npy': ({ values }) => writeNpy(values),
  '.csv': asTable,
  '.json': (prediction) => `${JSON.stringify(asDocument(prediction))}\n`,
};

/** `apical predict`. */
export function addPredictCommand(program: Command, context: Context): void {
  addModelOptions(program.command('predict'))
    .description('Say which classes a model takes samples for: the images of a data set, or the rows of a file.')
    .summary('apply a model to data')
    .addOption(
      new Option(
        '--what <kind>',
        'classes by name, their numbers from 0 on (class-numbers), outputs (ŷ; numbers in the units of the target), or the activity of the hidden units (z); of models with a second view also z of this view alone (second) and of both (default: classes; of models that learned numbers, outputs; of those that predict no labels, hidden)',
      ).choices(kinds),
    )
    .option(
      '--out <file>',
      'write them: .npy for NumPy, which has classes by number, .csv a table, .json (default: a table on standard output)',
    )
    .addHelpText(
      'after',
      `
Examples:
  apical predict runs/mnist/weights.safetensors --data mnist --out classes.npy
  apical predict runs/mnist/weights.safetensors --input pixels.csv
  apical predict runs/mnist/weights.safetensors --input pixels.npy --what outputs --out outputs.csv`,
    )
    .action((model: string, options: PredictOptions) => runPredict(model, options, context));
}

async function runPredict(path: string, options: PredictOptions, { output }: Context): Promise<void> {
  const { out } = options;
  const source = await sourceFor(path, options, true);
  const write = out === undefined ? asTable : formats[extname(out).toLowerCase()];
  if (!write) throw new InputError(`${out}: its name must end in one of ${Object.keys(formats).join(', ')}`);
  const { classNumbers, loadModelData, predict, readModelFile, usualPrediction, writeOutput } = await import(
    '@apical/experiments'
  );
  const model = await readModelFile(path, options.rule);
  if (out !== undefined) {
    await refuseOverwriting(out, [path, options.input, options.data, options.rule], [model]);
  }
  const what = options.what ?? usualPrediction(model);
  const data = await loadModelData(model, source);
  for (const note of data.notes) output.note(note);
  const prediction = predict(model, data, what);
  if (out !== undefined) await writeOutput(out, write(prediction));
  output.document({
    model: path,
    samples: data.count,
    what,
    ...asDocument(prediction),
    classNames: model.classNames,
    out,
  });
  if (out === undefined) output.result(asTable(prediction).trimEnd());
  if (prediction.names && out !== undefined && /\.npy$/i.test(out)) {
    const { classNames = [] } = model;
    output.note(
      `${out} has classes by number: ${classNames.map((name, i) => `${classNumbers(model)[i]} ${listed([name])}`).join(', ')}`,
    );
  }
  output.note(`${formatCounted(data.count, 'sample')}${out === undefined ? '' : `, written to ${out}`}`);
}

function asTable({ values, columns, names }: Prediction): string {
  if (names) return writeTexts(names, columns[0]!);
  const { shape, data } = values;
  return writeCsv({ shape: [shape[0]!, columns.length], data }, columns);
}

function asDocument({ values, columns, names }: Prediction): {
  columns: readonly string[];
  values: number[] | number[][];
  names?: readonly string[];
} {
  const numbers = Array.from(values.data);
  const width = values.shape[1];
  if (width === undefined) return { columns, values: numbers, ...(names && { names }) };
  const rows = Array.from({ length: values.shape[0]! }, (_, row) => numbers.slice(row * width, (row + 1) * width));
  return { columns, values: rows };
}
