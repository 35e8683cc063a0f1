import type { ReproductionResults } from '@apical/experiments';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { prepareFolder } from '../folder.ts';
import { formatSeconds, formatTable } from '../format.ts';
import { dataDirectoryHelp, wholeNumber } from '../options.ts';
import type { Output } from '../output.ts';
import { followRuns } from '../progress/follow-runs.ts';

interface PublishedOptions {
  seeds?: number;
  seed: number;
  quick?: boolean;
  workers?: number;
  out?: string;
  dataDir?: string;
}

/** `apical reproduce NAME`, and without a name what there is. */
export function addPublishedCommand(reproduce: Command, context: Context): void {
  reproduce
    .command('published', { isDefault: true })
    .description(
      'repeat one of the experiments that "apical reproduce" lists; its name is enough: apical reproduce kolen-pollack',
    )
    .argument('[name]', 'a reproduction of the list that "apical reproduce" prints')
    .option('--quick', 'a look: one seed, the beginning of the runs; nothing is judged')
    .option(
      '--seeds <n>',
      'runs of each contender, on seeds one after the other (default: as the list says)',
      wholeNumber(1),
    )
    .option('--seed <n>', 'the first seed', wholeNumber(0), 1)
    .option('--workers <n>', 'runs at a time; changes no result (default: one a core)', wholeNumber(1))
    .option('--out <dir>', 'folder for the report and the values (default: results/NAME)')
    .option('--data-dir <dir>', dataDirectoryHelp)
    .addHelpText(
      'after',
      `
Examples:
  apical reproduce                         (what there is, and how long it takes)
  apical reproduce kolen-pollack --quick
  apical reproduce kolen-pollack           (after: apical data fetch mnist)

Exit code: 0 if all values that are expected were reached; 1 if one was not, and which. --quick judges nothing. Ctrl-C writes the
report of the runs that are finished, and exits with 130.`,
    )
    .action(async (name: string | undefined, options: PublishedOptions) => {
      if (name === undefined) await list(context);
      else context.exitCode = await reproduceAndReport(name, options, context);
    });
}

/** What the paper's own experiments cost, beside those that are data. */
const ofThePaper = [
  { name: 'figure-3', title: 'Golkar et al. 2020, Figure 3: BMVR and backprop, linear', seeds: 5, minutes: 0.5 },
  { name: 'table-1', title: 'Golkar et al. 2020, Table 1: BMVR and backprop classify MNIST', seeds: 3, minutes: 2 },
] as const;

async function list({ output }: Context): Promise<void> {
  const { reproductions } = await import('@apical/experiments');
  const all = [
    ...ofThePaper,
    ...reproductions.map(({ name, title, seeds, minutes }) => ({ name, title, seeds, minutes })),
  ];
  output.document(all);
  const rows = all.map(({ name, title, seeds, minutes }) => [
    name,
    title,
    String(seeds),
    minutes < 1 ? 'less than 1' : String(Math.round(minutes)),
  ]);
  output.result(formatTable([['name', 'what', 'seeds', 'minutes'], ...rows]));
  output.note('minutes: about, on two cores; apical reproduce NAME does one, with --quick a look');
}

async function reproduceAndReport(
  name: string,
  options: PublishedOptions,
  { output, signal }: Context,
): Promise<number> {
  const { findReproduction, formatReproduction, reproduce, writeReproductionReport } = await import(
    '@apical/experiments'
  );
  const reproduction = findReproduction(name);
  const { out = `results/${name}`, dataDir: directory, ...choice } = options;
  await prepareFolder(out, { experiment: 'reproduction', name });
  const follow = followRuns(output);
  let started = 0;
  const results = await reproduce(reproduction, {
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
  output.document(results);
  output.result(`${formatReproduction(results)}\n`);
  const files = await writeReproductionReport(reproduction, results, out);
  for (const path of Object.values(files)) output.result(`written  ${path}`);
  output.note(`took ${formatSeconds(results.provenance.seconds)} with ${results.provenance.workers} workers`);
  const finished = results.contenders.reduce((sum, { runs }) => sum + runs.seeds.length, 0);
  if (finished < started) output.error(`apical: missing: ${started - finished} of the ${started} runs`);
  signal.throwIfAborted();
  return verdict(results, output);
}

const quickWarning = 'apical: --quick: the beginning of the runs, with one seed: nothing is judged';

function verdict({ quick, verdicts }: ReproductionResults, output: Output): number {
  if (quick) {
    output.error(quickWarning);
    return exitCodes.success;
  }
  const { green, red } = output.colors;
  const missed = verdicts.filter(({ reached }) => !reached).length;
  if (missed === 0) {
    output.result(green(`Reproduced: all ${verdicts.length} values that are expected were reached.`));
    return exitCodes.success;
  }
  output.result(red(`Not reproduced: ${missed} of ${verdicts.length} values that are expected were not reached.`));
  return exitCodes.failure;
}
