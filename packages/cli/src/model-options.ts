import { InputError } from '@apical/core';
import {
  dataSetNames,
  isSamplesPath,
  isSynthetic,
  type Separator,
  type Split,
  samplesPaths,
  separatorNames,
  shippedTable,
  shippedTables,
} from '@apical/data';
import type { ModelDataSource } from '@apical/experiments';
import { type Command, Option } from 'commander';
import { dataDirectoryHelp } from './options.ts';

/** Files of samples, in words. */
const inputKinds =
  '.npy, .npz (FILE.npz:NAME, where it has several arrays), .csv, .tsv, IDX, each also .gz; .safetensors:NAME; .parquet; - for standard input';

/** What says which data a model is applied to. */
export interface ModelDataOptions {
  data?: string;
  split?: Split;
  target?: string;
  secondView?: string;
  dataDir?: string;
  input?: string;
  labels?: string;
  asIs?: boolean;
  separator?: Separator;
  header?: boolean;
  rule?: string;
}

/** Adds the argument and the options of a command that applies a model to data. */
export function addModelOptions(command: Command): Command {
  return command
    .argument('<model>', 'a model file: weights.safetensors of a run, or what saveModel wrote')
    .option(
      '--data <name>',
      `the images of a data set (${dataSetNames.join(', ')}), a table that comes with the program (${shippedTables.map(({ name }) => name).join(', ')}), generated data (synthetic:NAME: apical data list), or a file with --target: a table (.csv, .tsv, .txt, .parquet), an array (.npy, .npz:NAME, IDX), each but .parquet also .gz; .safetensors:NAME; or a folder of images`,
    )
    .addOption(
      new Option(
        '--split <name>',
        'the images of a data set (default: test); of generated data, or of the table that the model learned, what was learned or held out (default: all)',
      ).choices(['train', 'test']),
    )
    .option(
      '--target <column>',
      'what the model tells: of a table its column (default: the one that it learned), of an array its file',
    )
    .option(
      '--second-view <columns>',
      'of models with a second view: its columns in the table (default: those that were learned), or the file that has it',
    )
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addOption(new Option('--input <file>', `a sample a row, instead of a data set: ${inputKinds}`).conflicts('data'))
    .option('--rule <module>', 'the module that has the rule of the model, where its run does not say it: ./my-rule.ts')
    .addOption(
      new Option(
        '--separator <name>',
        `what stands between the cells of tables: ${Object.keys(separatorNames).join(', ')} (default: found)`,
      ).argParser(parseSeparator),
    )
    .option('--header', 'the first lines of tables are names of columns (default: decided by what stands there)')
    .option('--no-header', 'the first lines of tables are numbers')
    .option('--as-is', 'take the numbers of the file as they are, without the preprocessing of the model');
}

/** @throws InputError for a separator that there is not */
export function parseSeparator(name: string): Separator {
  const found = Object.entries(separatorNames).find(
    (entry) => entry.includes(name) || (name === '\\t' && entry[1] === '\t'),
  );
  if (found) return found[1];
  throw new InputError(`--separator ${name}: there are ${Object.keys(separatorNames).join(', ')}`);
}

/**
 * What a model is applied to.
 *
 * @param inputsOnly whether what the samples are is not asked for
 * @throws InputError where there is no data; where the model is of a rule in time, that it is applied to none
 */
export async function sourceFor(path: string, options: ModelDataOptions, inputsOnly = false): Promise<ModelDataSource> {
  try {
    return modelDataSource(options, inputsOnly);
  } catch (error) {
    const { readModelFile, refuseInTime } = await import('@apical/experiments');
    const model = await readModelFile(path, options.rule).catch(() => undefined);
    if (model) refuseInTime(model);
    throw error;
  }
}

function modelDataSource(options: ModelDataOptions, inputsOnly = false): ModelDataSource {
  const { data, split, target, secondView, dataDir, input, labels, asIs, separator, header } = options;
  if (target !== undefined && (data === undefined || dataSetNames.includes(data) || isSynthetic(data))) {
    throw new InputError('--target is a column of a table: --data FILE says which');
  }
  if (input !== undefined) return { input, labels, asIs, separator, header };
  if (data === undefined)
    throw new InputError('what is the model to be applied to? --data NAME or --input FILE says it');
  if (dataSetNames.includes(data)) return { set: data, split: split ?? 'test', directory: dataDir };
  if (isSynthetic(data)) return { synthetic: data, split };
  if (!isSamplesPath(data) && !shippedTable(data)) {
    throw new InputError(
      `--data ${data}: is none of ${[...dataSetNames, ...shippedTables.map(({ name }) => name)].join(', ')}, no generated data (synthetic:NAME), and nothing that can be read: ${samplesPaths}`,
    );
  }
  if (asIs) throw new InputError('--as-is is for --input: what stands in a table is prepared as what was learned');
  return { table: data, target, secondView, header, separator, split, inputsOnly };
}
