import { InputError } from '@apical/core';
import { isSamplesPath, samplesPaths, shippedTable } from '@apical/data';
import type { OwnPlaces, RunConfig } from '@apical/experiments';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { dataDirectoryHelp, wholeNumber } from '../options.ts';
import { trainAndPrint } from './train.ts';

interface MovedOptions {
  data?: string;
  target?: string;
  secondView?: string;
  testData?: string;
  testTarget?: string;
  testSecondView?: string;
}

interface ResumeOptions extends MovedOptions {
  samples?: number;
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
    .option('--target <file>', 'of arrays: where the file lies now that has their classes or numbers')
    .option('--second-view <file>', 'of arrays: where their second view lies now')
    .option('--test-data <file>', 'where those held out lie now')
    .option('--test-target <file>', 'of arrays: where the classes or numbers of those lie now')
    .option('--test-second-view <file>', 'of arrays: where the second view of those lies now')
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
      const { extendedConfig, movedOptions, readResumable, studyOfRun } = await import('@apical/experiments');
      const { config, options } = await readResumable(folder);
      const places = placesOf(moved, config, movedOptions);
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

/** Where data of one's own lie now. @throws InputError for what the run has not, or not in a file of its own */
function placesOf(
  { data, testData: test, ...others }: MovedOptions,
  { data: own }: RunConfig,
  options: Readonly<Record<Exclude<keyof OwnPlaces, 'data'>, string>>,
): OwnPlaces {
  if (data !== undefined && (!own.table || shippedTable(own.set))) {
    throw new InputError(`--data says where data of your own lie now, and the run learns ${own.set}`);
  }
  const places: OwnPlaces = { ...(data !== undefined && { data }), ...(test !== undefined && { test }), ...others };
  for (const [name, path] of Object.entries(places)) {
    if (!isSamplesPath(path)) throw new InputError(`${path}: is nothing that can be read: ${samplesPaths}`);
    if (name === 'data') continue;
    const known = own.table?.[name as keyof typeof options];
    if (known !== undefined && isSamplesPath(known)) continue;
    const found =
      known === undefined ? 'the run has none' : `${known} is in none of its own: --data says where it lies`;
    throw new InputError(`${options[name as keyof typeof options]} says where another file lies, and ${found}`);
  }
  return places;
}
