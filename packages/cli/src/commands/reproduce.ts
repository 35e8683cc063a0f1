import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addFigure3Command } from './reproduce-figure-3.ts';
import { addPublishedCommand } from './reproduce-published.ts';
import { addTable1Command } from './reproduce-table-1.ts';

/** `apical reproduce`. */
export function addReproduceCommand(program: Command, context: Context): void {
  const reproduce = program
    .command('reproduce')
    .description(
      'Repeat a published experiment, and compare what comes of it with the published values. Without a name: which there are.',
    )
    .summary('repeat a published experiment, and compare')
    .usage('[name] [options]');
  addPublishedCommand(reproduce, context);
  addFigure3Command(reproduce, context);
  addTable1Command(reproduce, context);
}
