import { InputError } from '@apical/core';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { dataDirectoryHelp, wholeNumber } from '../options.ts';
import { trainAndPrint } from './train.ts';

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
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical resume runs/mnist
  apical resume runs/mnist --samples 2e6
  apical resume runs/mnist --json`,
    )
    .action(async (folder: string, { dataDir: directory, samples }: { dataDir?: string; samples?: number }) => {
      const { extendedConfig, readResumable, studyOfRun } = await import('@apical/experiments');
      const { config, options } = await readResumable(folder);
      if (samples === undefined || samples === config.samples) {
        await trainAndPrint(config, { ...options, directory }, context);
        return;
      }
      const study = studyOfRun(folder);
      if (study !== undefined) {
        throw new InputError(
          `${folder}: is a run of the study in ${study}, which would no longer be what its folder says; copy it to another place, and resume the copy`,
        );
      }
      await trainAndPrint(extendedConfig(config, samples), { ...options, directory, extends: true }, context);
    });
}
