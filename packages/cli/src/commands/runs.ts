import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FailureError, InputError } from '@apical/core';
import type { ListedRun, Settings, StoredRun } from '@apical/experiments';
import { type Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { formatCount, formatCounted } from '../format.ts';
import { wholeNumber } from '../options.ts';
import { refuseOverwriting } from '../overwriting.ts';

const formats = ['csv', 'json', 'parquet', 'tensorboard'] as const;
type Format = (typeof formats)[number];

interface ListOptions {
  where?: string;
  sort?: string;
  descending?: boolean;
  limit?: number;
}

interface ExportOptions extends ListOptions {
  format?: Format;
  metrics?: boolean;
  out?: string;
}

interface ReportOptions extends ListOptions {
  out?: string;
}

const whereHelp = 'only runs for which this holds, such as "rule=bmvr and hidden>=64"';

/** `apical runs`. */
export function addRunsCommand(program: Command, context: Context): void {
  const runs = program.command('runs').description('list, compare, export and verify runs that were kept in folders');
  const selecting = (command: Command) =>
    command
      .argument('<dir>', 'a folder of runs, at any depth: of apical train --out, or of a study')
      .option('--where <condition>', whereHelp)
      .option('--sort <setting>', 'sort by this, such as objective; runs that do not have it come last')
      .option('--descending', 'sort from the largest on')
      .option('--limit <n>', 'only the first n', wholeNumber(1));
  selecting(runs.command('list').description('list runs with the settings in which they differ, and how they ended'))
    .addHelpText(
      'after',
      `
Examples:
  apical runs list runs
  apical runs list results/paper-mnist --where "status=finished and rates.W1.eta0>=0.01" --sort objective --limit 10`,
    )
    .action((directory: string, options: ListOptions) => list(directory, options, context));
  runs
    .command('show')
    .description('show one run: its settings, its evaluations, how it ended')
    .argument('<dir>', "the run's folder")
    .addHelpText('after', '\nExamples:\n  apical runs show runs/mnist')
    .action((directory: string) => show(directory, context));
  runs
    .command('compare')
    .description('compare runs: the settings in which they differ, how they ended, whether their weights are the same')
    .argument('<dirs...>', "the runs' folders")
    .addHelpText('after', '\nExamples:\n  apical runs compare runs/first runs/second')
    .action((directories: string[]) => compare(directories, context));
  selecting(runs.command('export').description('write runs as a table for other programs, or for TensorBoard'))
    .addOption(
      new Option(
        '--format <name>',
        'csv, json, parquet, or tensorboard: an event file a run (default: as --out ends, otherwise csv)',
      ).choices(formats),
    )
    .option('--metrics', 'a row an evaluation, instead of a row a run')
    .option('--out <path>', 'the file; with tensorboard, a folder (default: standard output for csv and json)')
    .addHelpText(
      'after',
      `
Examples:
  apical runs export runs --format parquet --out runs.parquet
  apical runs export runs --metrics --out metrics.csv
  apical runs export runs --format tensorboard --out events`,
    )
    .action((directory: string, options: ExportOptions) => exportRuns(directory, options, context));
  selecting(
    runs.command('report').description('write runs as one page: curves, probes, confusion matrices, weights, settings'),
  )
    .option('--out <file>', 'the page (default: report.html in the folder)')
    .addHelpText(
      'after',
      `
Runs that differ in their seeds alone are drawn as one curve, their mean ± standard deviation.

Examples:
  apical runs report runs/mnist
  apical runs report runs --where "rule=bmvr and hidden<=4" --out bmvr.html`,
    )
    .action((directory: string, options: ReportOptions) => report(directory, options, context));
  runs
    .command('verify')
    .description('check the files of runs against the checksums that were taken when they were written')
    .argument('<dir>', 'a folder of runs')
    .addHelpText('after', '\nExamples:\n  apical runs verify runs\n\nExit code: 1 if a file is damaged or missing.')
    .action((directory: string) => verify(directory, context));
}

async function list(directory: string, options: ListOptions, context: Context): Promise<void> {
  const { output } = context;
  const { formatRuns } = await import('../runs-text.ts');
  const { all: count, chosen, shown, asked } = await select(directory, options, context);
  const [rows, among] = [shown, chosen].map((runs) => runs.map(({ row }) => row)) as [Settings[], Settings[]];
  output.document(rows);
  output.result(formatRuns(rows, among, asked));
  // Of those that the condition leaves; where it leaves none, of all.
  const all = formatCounted(among.length || count, 'run');
  const [first] = shown;
  const more = first === undefined ? '' : `; more of one: apical runs show ${first.run.directory}`;
  output.note(`${rows.length < (among.length || count) ? `${formatCount(rows.length)} of ${all}` : all}${more}`);
}

async function show(directory: string, context: Context): Promise<void> {
  const { evaluationsOf, objectiveOfRun, rowOf } = await import('@apical/experiments');
  const { formatRun } = await import('../runs-text.ts');
  const { output } = context;
  const run = await readRun(directory, context);
  const evaluations = evaluationsOf(run);
  output.document({ ...run, evaluations });
  output.result(formatRun(rowOf(run, directory), run.recorded, evaluations, objectiveOfRun(run.config)));
  for (const text of Object.values(run.summary?.warnings ?? {})) output.warn(text);
}

async function compare(directories: readonly string[], context: Context): Promise<void> {
  const { output } = context;
  const { rowOf } = await import('@apical/experiments');
  const { formatComparison } = await import('../runs-text.ts');
  const rows: Settings[] = [];
  for (const directory of directories)
    rows.push({ ...rowOf(await readRun(directory, context), directory), run: directory });
  output.document(rows);
  output.result(formatComparison(rows));
}

async function exportRuns(directory: string, options: ExportOptions, context: Context): Promise<void> {
  const { output } = context;
  const { metrics, out } = options;
  const format = options.format ?? formatOf(out);
  const { shown: selected } = await select(directory, options, context);
  const { csv, evaluationRows, parquet, readMetrics, writeEventFiles, writeOutput } = await import(
    '@apical/experiments'
  );
  const runs = selected.map(({ run }) => run);
  const ofCurves = metrics || format === 'tensorboard';
  const cut = ofCurves ? runs.flatMap((run) => readMetrics(run).problem ?? []) : [];
  for (const problem of cut) output.warn(problem);
  if (cut.length > 0) context.exitCode = exitCodes.failure;
  if (format === 'tensorboard') {
    const paths = writeEventFiles(runs, directory, out ?? join(directory, 'tensorboard'));
    output.document(paths);
    for (const path of paths) output.result(`written  ${path}`);
    return;
  }
  const rows = metrics ? evaluationRows(runs, directory) : selected.map(({ row }) => row);
  if (out === undefined && format === 'parquet') throw new InputError('parquet is no text: name a file with --out');
  const contents =
    format === 'parquet'
      ? await parquet(rows)
      : format === 'csv'
        ? csv(rows)
        : `${JSON.stringify(rows, undefined, 2)}\n`;
  if (out === undefined) {
    output.stdout.write(contents);
    return;
  }
  await refuseOverwriting(
    out,
    [],
    runs.map(({ config }) => config),
  );
  await writeOutput(out, contents);
  output.document({ rows: rows.length, written: out });
  output.result(`written  ${out}`);
}

async function report(directory: string, options: ReportOptions, context: Context): Promise<void> {
  const { output } = context;
  const { inspectRun, readStoredRun, withoutChecksum, writeRunsReport } = await import('@apical/experiments');
  const { all, shown: selected } = await select(directory, options, context);
  if (selected.length === 0) {
    const none = all === 0 ? 'holds no run' : `--where holds for none of its ${formatCounted(all, 'run')}`;
    throw new InputError(`${directory}: ${none}`);
  }
  const sound = selected.flatMap(({ run }) => {
    const { problems, unchecked } = inspectRun(run.directory);
    for (const path of unchecked) output.note(withoutChecksum(path));
    if (problems.length === 0) return readStoredRun(run.directory) ?? [];
    output.warn(`${run.directory}: is damaged, and left out; apical runs verify says why`);
    return [];
  });
  if (sound.length === 0) throw new FailureError(`${directory}: all runs that were chosen are damaged`);
  const path = options.out ?? join(directory, 'report.html');
  await refuseOverwriting(
    path,
    [],
    sound.map(({ config }) => config),
  );
  await writeRunsReport(sound, path);
  output.document({ runs: sound.length, written: path });
  output.result(`written  ${path}`);
}

async function verify(directory: string, context: Context): Promise<void> {
  const { inspectRun, runFolders, withoutChecksum } = await import('@apical/experiments');
  const unread: string[] = [];
  const folders = runFolders(directory, undefined, (problem) => unread.push(problem));
  if (folders.length === 0 && unread.length === 0) throw new InputError(`${directory}: holds no run`);
  const inspected = folders.map((folder) => inspectRun(folder));
  const problems = [...unread, ...inspected.flatMap((each) => each.problems)];
  const unchecked = inspected.flatMap((each) => each.unchecked);
  const { output } = context;
  output.document({ runs: folders.length, problems, unchecked });
  for (const problem of problems) output.result(problem);
  for (const path of unchecked) output.note(withoutChecksum(path));
  output.note(`${formatCounted(folders.length, 'run')}, ${formatCounted(problems.length, 'problem')}`);
  if (problems.length > 0) context.exitCode = exitCodes.failure;
}

/** What a file of this name is to be; CSV without one. */
function formatOf(out: string | undefined): Format {
  const ending = out === undefined ? '.csv' : extname(out).toLowerCase();
  const found = formats.find((name) => name !== 'tensorboard' && ending === `.${name}`);
  if (found !== undefined) return found;
  throw new InputError(`${out}: its name must end in one of .csv, .json, .parquet, or --format say what it is to be`);
}

/**
 * The runs below a folder that the options choose, each with its row: how many there are at all, those for which the condition
 * holds, of these the ones to be shown, and the names that are asked about. Those that are damaged are told.
 */
async function select(directory: string, { where, sort, descending, limit }: ListOptions, { output }: Context) {
  const { compareSettings, findRuns, parseCondition, readMetrics, rowOf, settingNames, unmetComparisons } =
    await import('@apical/experiments');
  const damaged: string[] = [];
  const problems: string[] = [];
  const found = findRuns(
    directory,
    (folder) => damaged.push(folder),
    (problem) => problems.push(problem),
  );
  const runs = found.map((run: ListedRun) => ({ run, row: rowOf(run, directory) }));
  const going = found.filter(({ summary }) => summary === undefined);
  problems.push(...going.flatMap((run) => readMetrics(run).problem ?? []));
  const known = settingNames(runs.map(({ row }) => row));
  const condition = where === undefined ? undefined : parseCondition(where, known);
  let chosen = runs.filter(({ row }) => condition?.holds(row) ?? true);
  if (descending && sort === undefined) throw new InputError('--descending: sort by what? --sort says it');
  if (sort !== undefined) {
    if (!known.includes(sort)) throw new InputError(`--sort: no run has "${sort}"`);
    const has = chosen.filter(({ row }) => row[sort] !== undefined);
    has.sort((a, b) => compareSettings(a.row[sort], b.row[sort]));
    if (descending) has.reverse();
    chosen = [...has, ...chosen.filter(({ row }) => row[sort] === undefined)];
  }
  for (const folder of damaged) output.warn(`${folder}: is damaged, and left out; apical runs verify says why`);
  for (const problem of problems) output.warn(problem);
  if (condition && chosen.length === 0) {
    const rows = runs.map(({ row }) => row);
    for (const words of unmetComparisons(condition, rows)) output.note(words);
  }
  const asked = [...(condition?.names ?? []), ...(sort === undefined ? [] : [sort])];
  return { all: runs.length, chosen, shown: chosen.slice(0, limit), asked };
}

async function readRun(directory: string, { output }: Context): Promise<StoredRun> {
  const { findStoredRun, readMetrics } = await import('@apical/experiments');
  const { run, problems } = findStoredRun(directory);
  if (run === undefined) {
    const isThere = existsSync(join(directory, 'config.json'));
    if (isThere) throw new FailureError(problems.join('\n'));
    throw new InputError(`${directory}: holds no run; apical runs list shows where there are some`);
  }
  const { problem } = readMetrics(run);
  for (const words of [...problems, ...(problem === undefined ? [] : [problem])]) output.warn(words);
  return run;
}
