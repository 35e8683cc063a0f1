import { extname } from 'node:path';
import { InputError } from '@apical/core';
import { writeNpz } from '@apical/data';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { formatTable } from '../format.ts';
import { refuseOverwriting } from '../overwriting.ts';

interface ExportOptions {
  out: string;
  rule?: string;
}

/** `apical export`. */
export function addExportCommand(program: Command, context: Context): void {
  program
    .command('export')
    .description("Write a model's weights as an archive of arrays that NumPy loads.")
    .summary("write a model's weights for NumPy")
    .argument('<model>', 'a model file: weights.safetensors of a run, or what saveModel wrote')
    .requiredOption('--out <file.npz>', 'the file to write')
    .option('--rule <module>', 'the module that has the rule of the model, where its run does not say it')
    .addHelpText(
      'after',
      `
Examples:
  apical export runs/mnist/weights.safetensors --out weights.npz
  python3 -c 'import numpy; print(numpy.load("weights.npz")["W1"].shape)'`,
    )
    .action((model: string, options: ExportOptions) => exportModel(model, options, context));
}

async function exportModel(path: string, { out, rule }: ExportOptions, { output }: Context): Promise<void> {
  if (extname(out).toLowerCase() !== '.npz') throw new InputError(`${out}: its name must end in .npz`);
  const { readModelFile, writeOutput } = await import('@apical/experiments');
  const model = await readModelFile(path, rule);
  await refuseOverwriting(out, [path, rule], [model]);
  const { network, preprocessing } = model;
  const weights = network.weights();
  await writeOutput(out, writeNpz(weights));
  const shapes = Object.fromEntries(Object.entries(weights).map(([name, { rows, cols }]) => [name, [rows, cols]]));
  output.document({ model: path, out, arrays: shapes });
  output.result(formatTable(Object.entries(shapes).map(([name, [rows, cols]]) => [name, `${rows} × ${cols}`])));
  output.note(`written  ${out}`);
  const moments = Object.entries({
    inputs: preprocessing?.inputs,
    'the second view': preprocessing?.secondView,
  }).flatMap(([what, way]) => (typeof way === 'object' ? [what] : []));
  if (moments.length > 0) {
    output.note(
      `it has weights alone: means and standard deviations of ${moments.join(' and ')} are in the header of ${model.path}: __metadata__.model, preprocessing`,
    );
  }
}
