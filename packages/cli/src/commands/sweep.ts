import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Study, StudyResults, SweepOptions, SweepProgress } from '@apical/experiments';
import { type Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { exitCodes } from '../errors.ts';
import { formatCount, formatCounted, formatSeconds } from '../format.ts';
import { dataDirectoryHelp, parseNumber, wholeNumber } from '../options.ts';
import { beginSweepProgress } from '../progress/sweep.ts';
import { readNamedText } from '../read-file.ts';
import { type BestRun, formatBest, formatStudy } from '../study-text.ts';
import { addSweepSubcommands } from './sweep-status.ts';

interface SweepCommandOptions {
  out?: string;
  workers?: number;
  shard?: NonNullable<SweepOptions['shard']>;
  checkpointSeconds?: number;
  leaseSeconds?: number;
  dataDir?: string;
  slurm?: boolean;
  array: number;
  partition?: string;
  time?: string;
  requeue?: boolean;
  sbatchArgs?: string;
}

/** `apical sweep`. */
export function addSweepCommand(program: Command, context: Context): void {
  const command = program
    .command('sweep')
    .description(
      'Do the runs of a study over all cores, and report what they gave. Run again, it goes on; what is done is not done again. Started several times, on any machines that share the folder, the runs are shared out.',
    )
    .summary('search over settings: do the runs of a study')
    .argument('<study.yaml>', 'the study: see docs/studies.md')
    .option('--out <dir>', 'folder of the runs and the report (default: results/ and the name of the study)')
    .option('--workers <n>', 'runs at a time; changes no result (default: one a core)', wholeNumber(1))
    .option('--shard <i/n>', 'only part i of n, for machines that share no folder; not for tpe and asha', parseShard)
    .option('--checkpoint-seconds <s>', 'how long a run learns between two checkpoints (default: 30)', parseNumber)
    .option(
      '--lease-seconds <s>',
      'how long a process may be silent before its runs are taken over (default: 90)',
      parseNumber,
    )
    .option('--data-dir <dir>', dataDirectoryHelp)
    .option('--slurm', 'submit a job array that does the runs, on a file system that all nodes share')
    .option('--array <n>', 'with --slurm: how many tasks', wholeNumber(1), 8)
    .option('--partition <name>', 'with --slurm: where')
    .option('--time <limit>', 'with --slurm: how long a task may take, such as 4:00:00')
    .option('--requeue', 'with --slurm: a task that a node lost is put into the queue again')
    .option('--sbatch-args <args>', 'with --slurm: other arguments of sbatch, such as "--cpus-per-task=4 --mem=4G"')
    .addHelpText(
      'after',
      `
Examples:
  apical sweep studies/example.yaml
  apical sweep studies/example.yaml --workers 1 --out /tmp/example
  apical runs list results/example --sort objective --limit 10
  apical sweep studies/paper-mnist.yaml --slurm --array 16 --time 1:00:00 --sbatch-args "--cpus-per-task=4"
  apical sweep status studies/paper-mnist.yaml
  apical sweep stop studies/paper-mnist.yaml

docs/own-data.md has a study of a table of your own.

Exit code: 0 if all runs ended, diverged ones among them; 1 if one could not be done, did not record the study's metric, or
apical sweep stop ended this process. Ctrl-C: every run that is going on writes a checkpoint; exit code 130.

The parts of --shard are brought together by copying what is in their runs folders into one of these, and the same command
without --shard.`,
    )
    .action((path: string, options: SweepCommandOptions) =>
      options.slurm ? submit(path, options, context) : sweep(path, options, context),
    );
  addSweepSubcommands(command, context);
}

async function submit(path: string, options: SweepCommandOptions, { output, signal }: Context): Promise<void> {
  const { array: tasks, partition, time, requeue = false, sbatchArgs = '', dataDir: directory } = options;
  const { prepareStudy, submitToSlurm } = await import('@apical/experiments');
  const { study, source, folder } = await readStudy(path, options);
  await prepareStudy(study, source, folder, { directory, signal });
  const seconds = Object.entries({
    '--checkpoint-seconds': options.checkpointSeconds,
    '--lease-seconds': options.leaseSeconds,
  }).flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)]));
  const data = directory === undefined ? [] : ['--data-dir', resolve(directory)];
  // The copy in the folder: the file may be edited while tasks wait.
  const sources = [join(resolve(folder), 'study.yaml'), '--out', resolve(folder)];
  const job = await submitToSlurm({
    name: study.name,
    folder: resolve(folder),
    command: [
      process.execPath,
      ...process.execArgv,
      realpathSync(process.argv[1] ?? ''),
      'sweep',
      ...sources,
      ...seconds,
      ...data,
    ],
    tasks,
    partition,
    time,
    requeue,
    others: sbatchArgs.split(/\s+/).filter(Boolean),
  });
  output.document({ study: study.name, folder, job, tasks });
  output.result(`submitted  job ${job}, ${formatCounted(tasks, 'task')}\nfolder     ${folder}`);
}

/** The study in a file, and the folder of its runs. */
export async function readStudy(path: string, { out }: { readonly out?: string }) {
  const { loadStudyRules, parseStudy } = await import('@apical/experiments');
  const source = await readNamedText(path);
  await loadStudyRules(source, path);
  const study = parseStudy(source, path);
  return { study, source, folder: out ?? join('results', study.name) };
}

async function sweep(path: string, options: SweepCommandOptions, context: Context): Promise<void> {
  const { output, signal } = context;
  const { workers, shard, checkpointSeconds, leaseSeconds, dataDir: directory } = options;
  const { bestRunOf, countsOf, describeTables, RunStore, runSweep, SweepStopped, tableWarnings, writeStudyReport } =
    await import('@apical/experiments');
  const { study, source, folder } = await readStudy(path, options);
  for (const line of describeTables(study)) output.note(line);
  for (const line of tableWarnings(study)) output.warn(line);
  const start = performance.now();
  const show = beginSweepProgress(output, study);
  let latest: SweepProgress | undefined;
  const results = await runSweep(study, source, folder, {
    workers,
    shard,
    checkpointSeconds,
    leaseSeconds,
    directory,
    signal,
    onProgress: (progress) => {
      latest = progress;
      show(progress);
    },
    onNote: (text) => output.note(text),
    onWarning: (text) => output.warn(text),
  }).catch((error: unknown) => {
    output.endProgress();
    if (signal.aborted || error instanceof SweepStopped) output.note(interruptedText(latest, path));
    throw error;
  });
  output.endProgress();
  const found = results.isComplete ? bestRunOf(results) : undefined;
  const best = found && { ...found, folder: new RunStore(folder).folderOf(found.run.name) };
  output.document({ ...documentOf(results, folder), best: best ? bestDocument(best) : null });
  output.result(formatStudy(results));
  if (best) output.result(`\n${formatBest(study, best)}`);
  if (shard && !results.isComplete) output.result(shardText(shard, folder));
  if (results.isComplete) {
    for (const file of await writeStudyReport(results, folder)) output.result(`written  ${file}`);
  }
  if (best) output.note(onwardText(study, best.folder));
  output.note(`took ${formatSeconds((performance.now() - start) / 1000)}`);
  for (const { config, reason } of results.failures) {
    output.error(`apical: ${config.rule} on ${config.data.set}, seed ${config.seed}, could not be done: ${reason}`);
  }
  const { unmeasured } = countsOf(results);
  if (unmeasured > 0) output.error(unmeasuredText(study, unmeasured));
  if (results.failures.length > 0 || unmeasured > 0) context.exitCode = exitCodes.failure;
}

/** How to have the model of the best run. @param run its folder */
function onwardText({ keepWeights }: Study, run: string): string {
  return keepWeights
    ? `its model: apical evaluate ${run} --data …`
    : `for its model: apical train --config ${run} --out FOLDER`;
}

function bestDocument({ trial, run, folder }: BestRun): object {
  const { mean, sd, runs } = trial;
  return {
    ...{ settings: trial.trial.settings, mean, sd: runs.length > 1 ? sd : null },
    ...{ run: run.name, folder, seed: run.config.seed, value: run.value },
  };
}

function interruptedText(latest: SweepProgress | undefined, path: string): string {
  const done = latest ? `${formatCount(latest.done)} of ${formatCounted(latest.planned, 'run')} done; ` : '';
  return `apical: ${done}to go on, run the same command again: apical sweep ${path}`;
}

/** How the parts of a study are brought together. */
function shardText({ index, count }: NonNullable<SweepOptions['shard']>, folder: string): string {
  return `part ${index} of ${count} is done. To bring the parts together, copy what the other parts have in their folders "runs" into ${join(folder, 'runs')}, and run the same command without --shard`;
}

function unmeasuredText({ objective: { metric, at } }: Study, unmeasured: number): string {
  const where = typeof at === 'number' ? ` at ${formatCounted(at, 'sample')}` : '';
  return `apical: ${formatCounted(unmeasured, 'run')} ended well and did not record ${metric}${where} as a finite number; such settings rank as not measured: leave them out by "where", or choose another metric, in a study of another name`;
}

function documentOf({ study, trials, isComplete, failures }: StudyResults, folder: string): object {
  return {
    study: study.name,
    folder,
    isComplete,
    trials: trials.map(({ trial, runs, mean, sd, diverged, unmeasured }) => ({
      ...trial,
      mean: Number.isNaN(mean) ? null : mean,
      sd: Number.isNaN(sd) ? null : sd,
      diverged,
      unmeasured,
      runs: runs.map(({ name, config, value }) => ({ name, seed: config.seed, value: value ?? null })),
    })),
    failures: failures.map(({ config, reason }) => ({ config, reason })),
  };
}

function parseShard(text: string): NonNullable<SweepCommandOptions['shard']> {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (!(index >= 1 && index <= count)) throw new InvalidArgumentError(`I/N is expected, from 1/N to N/N.`);
  return { index, count };
}
