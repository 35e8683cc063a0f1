import type { Figure3Results, PanelName } from '@apical/experiments';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { prepareFolder } from '../folder.ts';
import { formatSeconds } from '../format.ts';
import { dataDirectoryHelp, namesAmong, wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';
import { followRuns } from '../progress/follow-runs.ts';

const panelNames: readonly PanelName[] = ['mnist', 'fashion-mnist', 'cifar-10', 'cifar-100'];
const methods = ['bmvr', 'backprop'] as const;

interface Figure3Options {
  panel: PanelName[];
  runs: number;
  seed: number;
  workers?: number;
  out: string;
  dataDir?: string;
}

/** `apical reproduce figure-3`. */
export function addFigure3Command(reproduce: Command, context: Context): void {
  reproduce
    .command('figure-3')
    .description(
      'Figure 3: BMVR and backprop learn rank-k linear regression online; objective (1) against the samples seen.',
    )
    .addOption(
      new Option('--panel <names>', `panels, separated by commas: ${panelNames.join(', ')} or all`)
        .argParser(namesAmong(panelNames))
        .default(['mnist', 'fashion-mnist'], 'mnist,fashion-mnist'),
    )
    .option('--runs <n>', 'runs of each method, on seeds one after the other', wholeNumber(1), 5)
    .option('--seed <n>', 'the first seed', wholeNumber(0), 1)
    .option('--workers <n>', 'runs at a time; changes no result (default: one a core)', wholeNumber(1))
    .option('--out <dir>', 'folder for the report, the figure and the values', 'results/figure-3')
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical reproduce figure-3
  apical reproduce figure-3 --panel mnist --runs 2 --out /tmp/mnist
  apical reproduce figure-3 --panel all            (needs CIFAR: apical data fetch cifar-10 cifar-100; minutes a run)
  apical reproduce figure-3 --json > figure-3.json

Exit code: 0 if the final values of every panel agree with the paper's, within 3 combined standard deviations; 1 if
one does not. Ctrl-C writes the report of the runs that are finished, and exits with 130.`,
    )
    .action(async (options: Figure3Options) => {
      context.exitCode = await reproduceAndReport(options, context);
    });
}

async function reproduceAndReport(options: Figure3Options, { output, signal }: Context): Promise<number> {
  const { formatPanelTable, reproduceFigure3, writeFigure3Report } = await import('@apical/experiments');
  const { panel: panels, runs, seed, workers, dataDir: directory, out } = options;
  await prepareFolder(out, { experiment: 'figure-3' });
  const results = await reproduceFigure3({
    panels,
    runs,
    seed,
    workers,
    directory,
    signal,
    ...followRuns(output),
  }).catch((error: unknown) => {
    if (signal.aborted) output.note(`apical: no panel has a finished run of each method: nothing was written`);
    throw error;
  });
  output.endProgress();

  const missing = missingRuns(results, panels, runs);
  output.document({ ...results, ...(missing.length > 0 && { missing }) });
  for (const panel of Object.values(results.panels)) output.result(`${formatPanelTable(panel)}\n`);
  // Only now, so that a full disk does not keep the results from the screen.
  const files = await writeFigure3Report(results, out);
  for (const path of Object.values(files)) output.result(`written  ${path}`);
  output.note(`took ${formatSeconds(results.provenance.seconds)} with ${results.provenance.workers} workers`);
  for (const text of missing) output.error(`apical: missing: ${text}`);
  signal.throwIfAborted();
  return verdict(results, output);
}

/** What an interrupted experiment lacks, a line a panel. */
function missingRuns({ panels }: Figure3Results, wanted: readonly PanelName[], runs: number): string[] {
  return wanted.flatMap((name) => {
    const panel = panels[name];
    if (panel === undefined) return [`the panel ${name}`];
    return methods
      .filter((method) => panel[method].seeds.length < runs)
      .map((method) => `${runs - panel[method].seeds.length} of the ${runs} ${method} runs of ${panel.title}`);
  });
}

function verdict({ panels }: Figure3Results, output: Output): number {
  const differing = Object.values(panels).flatMap((panel) =>
    methods.filter((method) => !panel.verdicts.final[method]).map((method) => `${method} on ${panel.title}`),
  );
  const { green, red } = output.colors;
  if (differing.length === 0) {
    output.result(green("Reproduced: all final values agree with the paper's, within 3 combined standard deviations."));
    return exitCodes.success;
  }
  output.result(red(`Not reproduced: the final value differs from the paper's for ${differing.join(', ')}.`));
  return exitCodes.failure;
}
