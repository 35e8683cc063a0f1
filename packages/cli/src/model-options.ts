import { InputError } from '@apical/core';
import { dataSetNames, type Split } from '@apical/data';
import type { ModelDataSource } from '@apical/experiments';
import { type Command, Option } from 'commander';
import { dataDirectoryHelp } from './options.ts';

/** What says which data a model is applied to. */
export interface ModelDataOptions {
  data?: string;
  split: Split;
  dataDir?: string;
  input?: string;
  labels?: string;
  asIs?: boolean;
  rule?: string;
}

/** Adds the argument and the options of a command that applies a model to data. */
export function addModelOptions(command: Command): Command {
  return command
    .argument('<model>', 'a model file: weights.safetensors of a run, or what saveModel wrote')
    .addOption(new Option('--data <name>', 'the images of a data set').choices(dataSetNames))
    .addOption(new Option('--split <name>', 'its images').choices(['train', 'test']).default('test'))
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addOption(new Option('--input <file>', 'a sample a row, instead of a data set: .npy or .csv').conflicts('data'))
    .option('--rule <module>', 'the module that has the rule of the model, where its run does not say it: ./my-rule.ts')
    .option('--as-is', 'take the numbers of the file as they are, without the preprocessing of the model');
}

/** @throws InputError where there is no data */
export function modelDataSource({ data, split, dataDir, input, labels, asIs }: ModelDataOptions): ModelDataSource {
  if (input !== undefined) return { input, labels, asIs };
  if (data === undefined)
    throw new InputError('what is the model to be applied to? --data NAME or --input FILE says it');
  return { set: data, split, directory: dataDir };
}
