import type { Table1Results } from '@apical/experiments';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { prepareFolder } from '../folder.ts';
import { formatSeconds } from '../format.ts';
import { dataDirectoryHelp, namesAmong, wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';
import { followRuns } from '../progress/follow-runs.ts';

const widths = ['64', '256'] as const;
const settingsNames = ['paper', 'best'] as const;

interface Table1CommandOptions {
  hidden: string[];
  settings: string[];
  seeds?: number;
  seed: number;
  epochs?: number;
  quick?: boolean;
  workers?: number;
  out: string;
  dataDir?: string;
}

/** `apical reproduce table-1`. */
export function addTable1Command(reproduce: Command, context: Context): void {
  reproduce
    .command('table-1')
    .description(
      "Table 1: networks of rectified units learn to classify MNIST's 10,000 test images by BMVR and by backprop, and are tested on its 60,000 train images.",
    )
    .addOption(
      new Option('--hidden <widths>', 'hidden units, separated by commas: 64, 256 or all')
        .argParser(namesAmong(widths))
        .default([...widths], widths.join(',')),
    )
    .addOption(
      new Option(
        '--settings <names>',
        'paper: those that reproduce the table; best: those found to do best on images held out; all: both',
      )
        .argParser(namesAmong(settingsNames))
        .default(['paper'], 'paper'),
    )
    .option('--seeds <n>', 'runs of each method, on seeds one after the other (default: 3)', wholeNumber(1))
    .option('--seed <n>', 'the first seed', wholeNumber(0), 1)
    .option('--epochs <n>', 'times to learn all images (default: as the settings say, 44 to 500)', wholeNumber(1))
    .option('--quick', 'a look, in a minute: one seed, two epochs; this is not the table, and nothing is judged')
    .option('--workers <n>', 'runs at a time; changes no result (default: one a core)', wholeNumber(1))
    .option('--out <dir>', 'folder for the report, the figure and the values', 'results/table-1')
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical data fetch mnist                  (its train images do not come with the program)
  apical reproduce table-1 --quick
  apical reproduce table-1
  apical reproduce table-1 --hidden 64 --seeds 1 --json
  apical reproduce table-1 --settings all --workers 4

Exit code: 0 if the means over the seeds reach what the table needs (on images learned, the paper's figure less 0.2 points
at most; on images held out, the paper's); 1 if one does not, and which. --quick judges nothing. Ctrl-C writes the report
of the runs that are finished, and exits with 130.`,
    )
    .action(async (options: Table1CommandOptions) => {
      context.exitCode = await reproduceAndReport(options, context);
    });
}

async function reproduceAndReport(options: Table1CommandOptions, { output, signal }: Context): Promise<number> {
  const { formatTable1, reproduceTable1, writeTable1Report } = await import('@apical/experiments');
  const { out, dataDir: directory, ...choice } = options;
  await prepareFolder(out, { experiment: 'table-1' });
  const follow = followRuns(output);
  let started = 0;
  const table = await reproduceTable1({
    ...choice,
    directory,
    signal,
    ...follow,
    onStart: (all) => {
      if (options.quick) output.error(quickWarning);
      started = all.length;
      follow.onStart(all);
    },
  }).catch((error: unknown) => {
    if (signal.aborted) output.note('apical: no run is finished: nothing was written');
    throw error;
  });
  output.endProgress();

  const { results } = table;
  output.document(results);
  output.result(`${formatTable1(results)}\n`);
  const files = await writeTable1Report(table, out);
  for (const path of Object.values(files)) output.result(`written  ${path}`);
  output.note(`took ${formatSeconds(results.provenance.seconds)} with ${results.provenance.workers} workers`);
  const missing = started - finishedRuns(results);
  if (missing > 0) output.error(`apical: missing: ${missing} of the ${started} runs`);
  signal.throwIfAborted();
  if (options.quick) output.error(quickWarning);
  return results.quick ? exitCodes.success : verdict(results, output);
}

const quickWarning =
  'apical: --quick: THIS IS NOT TABLE 1: networks that have hardly begun to learn, and nothing is judged';

function finishedRuns({ widths: reproduced, best = {} }: Table1Results): number {
  const columns = [...Object.values(reproduced), ...Object.values(best)];
  return columns.flatMap((column) => Object.values(column)).reduce((sum, { runs }) => sum + runs.seeds.length, 0);
}

function verdict({ verdicts }: Table1Results, output: Output): number {
  const { green, red } = output.colors;
  const short = verdicts.filter(({ reached }) => !reached);
  if (verdicts.length === 0) return exitCodes.success;
  if (short.length === 0) {
    output.result(green('Reproduced: all accuracies reach what the table needs.'));
    return exitCodes.success;
  }
  const list = short.map(({ width, method, on, mean, atLeast }) => {
    const reached = mean === null ? 'no value' : `${mean.toFixed(2)} %`;
    return `${method}, k = ${width}, ${on}: ${reached} instead of ${atLeast} % or more`;
  });
  output.result(red(`Not reproduced: ${list.join('; ')}.`));
  return exitCodes.failure;
}
