import { InputError } from '@apical/core';
import { isSamplesPath, samplesPaths, shippedTable } from '@apical/data';
import type { OwnPlaces, RunConfig } from '@apical/experiments';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { dataDirectoryHelp, wholeNumber } from '../options.ts';
import { trainAndPrint } from './train.ts';

interface ResumeOptions {
  samples?: number;
  data?: string;
  testData?: string;
  dataDir?: string;
}

/** `apical resume`. */
export function addResumeCommand(program: Command, context: Context): void {
  program
    .command('resume')
    .description(
      'Go on with a run that was interrupted, from its last checkpoint; it ends as if it had never been. A run that is finished is left as it is, or with --samples goes on to as many, as if it had been to learn them from the start.',
    )
    .summary('go on with a run that was interrupted')
    .argument('<dir>', "the run's folder, as apical train --out made it")
    .option('--samples <n>', 'of a finished run: go on until it has learned so many in all', wholeNumber(1))
    .option('--data <file>', 'where the data of the run lie now, if they are your own and were moved')
    .option('--test-data <file>', 'where those held out lie now')
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical resume runs/mnist
  apical resume runs/mnist --samples 2e6
  apical resume runs/mnist --json`,
    )
    .action(async (folder: string, { dataDir: directory, samples, ...moved }: ResumeOptions) => {
      const { extendedConfig, readResumable, studyOfRun } = await import('@apical/experiments');
      const { config, options } = await readResumable(folder);
      const places = placesOf(moved, config);
      if (samples === undefined || samples === config.samples) {
        await trainAndPrint(config, { ...options, directory, places }, context);
        return;
      }
      const study = studyOfRun(folder);
      if (study !== undefined) {
        throw new InputError(
          `${folder}: is a run of the study in ${study}, which would no longer be what its folder says; copy it to another place, and resume the copy`,
        );
      }
      await trainAndPrint(extendedConfig(config, samples), { ...options, directory, places, extends: true }, context);
    });
}

/** Where data of one's own lie now. @throws InputError where the run has none that could lie elsewhere */
function placesOf(
  { data, testData: test }: Pick<ResumeOptions, 'data' | 'testData'>,
  { data: own }: RunConfig,
): OwnPlaces {
  if (data !== undefined && (!own.table || shippedTable(own.set))) {
    throw new InputError(`--data says where data of your own lie now, and the run learns ${own.set}`);
  }
  for (const path of [data, test]) {
    if (path !== undefined && !isSamplesPath(path))
      throw new InputError(`${path}: is nothing that can be read: ${samplesPaths}`);
  }
  if (test !== undefined && own.table?.test === undefined) {
    throw new InputError('--test-data says where another file lies that is held out, and the run has none');
  }
  return { ...(data !== undefined && { data }), ...(test !== undefined && { test }) };
}
