import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { dataDirectoryHelp } from '../options.ts';
import { trainAndPrint } from './train.ts';

/** `apical resume`. */
export function addResumeCommand(program: Command, context: Context): void {
  program
    .command('resume')
    .description(
      'Go on with a run that was interrupted, from its last checkpoint; it ends as if it had never been. A run that is finished is left as it is.',
    )
    .summary('go on with a run that was interrupted')
    .argument('<dir>', "the run's folder, as apical train --out made it")
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical resume runs/mnist
  apical resume runs/mnist --json`,
    )
    .action(async (folder: string, { dataDir: directory }: { dataDir?: string }) => {
      const { readResumable } = await import('@apical/experiments');
      const { config, options } = await readResumable(folder);
      await trainAndPrint(config, { ...options, directory }, context);
    });
}
