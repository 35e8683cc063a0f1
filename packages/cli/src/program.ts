import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { addCircuitCommand } from './commands/circuit.ts';
import { addCompareCommand } from './commands/compare.ts';
import { addDataCommand } from './commands/data.ts';
import { addEvaluateCommand } from './commands/evaluate.ts';
import { addExportCommand } from './commands/export.ts';
import { addLabCommand } from './commands/lab.ts';
import { addPredictCommand } from './commands/predict.ts';
import { addReproduceCommand } from './commands/reproduce.ts';
import { addResumeCommand } from './commands/resume.ts';
import { addRulesCommand } from './commands/rules.ts';
import { addRunsCommand } from './commands/runs.ts';
import { addSweepCommand } from './commands/sweep.ts';
import { addTrainCommand } from './commands/train.ts';
import type { Context } from './context.ts';

/** The whole command line of `apical`. Mistakes are thrown (CommanderError), never printed here. */
export function createProgram(context: Context): Command {
  const program = new Command('apical')
    .description('Train cortical microcircuits: biologically plausible supervised learning beside backprop.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print the help of a command')
    .helpCommand('help [command]', 'print the help of a command')
    .option('--json', 'print the result as one JSON document on standard output, and nothing else there')
    .option('--quiet', 'print results, warnings and errors only: no progress, no notes')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => context.output.stdout.write(text),
      writeErr: (text) => context.output.stderr.write(text),
      outputError: () => {},
    })
    .hook('preAction', (_program, command) => {
      const { json, quiet } = command.optsWithGlobals<{ json?: boolean; quiet?: boolean }>();
      context.output.json = json === true;
      context.output.quiet = quiet === true;
    })
    .addHelpText(
      'after',
      `
Examples:
  apical reproduce figure-3            the paper's Figure 3, MNIST and Fashion-MNIST
  apical train --data mnist            one network, trained online with BMVR
  apical evaluate runs/a/weights.safetensors --data mnist
                                       how well a model does on a data set
  apical rules                         the learning rules, and what each needs
  apical circuit bmvr --out bmvr.svg   the circuit of a rule, as a figure
  apical data fetch cifar-10           download a data set
  apical lab                           watch networks learn, in the browser
  apical train --help                  the options of a command

Exit codes: 0 done; 1 failed, or done and the result differs from what it should be; 2 the command line is wrong, or
names something that is not there; 130 interrupted (Ctrl-C).`,
    );
  addReproduceCommand(program, context);
  addTrainCommand(program, context);
  addResumeCommand(program, context);
  addRunsCommand(program, context);
  addSweepCommand(program, context);
  addPredictCommand(program, context);
  addEvaluateCommand(program, context);
  addExportCommand(program, context);
  addCompareCommand(program, context);
  addRulesCommand(program, context);
  addCircuitCommand(program, context);
  addDataCommand(program, context);
  addLabCommand(program, context);
  return program;
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  const manifest: { version: string } = JSON.parse(text);
  return manifest.version;
}
