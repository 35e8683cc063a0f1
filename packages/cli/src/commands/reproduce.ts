import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addFigure3Command } from './reproduce-figure-3.ts';
import { addTable1Command } from './reproduce-table-1.ts';

/** `apical reproduce`. */
export function addReproduceCommand(program: Command, context: Context): void {
  const reproduce = program
    .command('reproduce')
    .description("repeat an experiment of the paper, and compare the results with the paper's");
  addFigure3Command(reproduce, context);
  addTable1Command(reproduce, context);
}
