import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { SweepStatus } from '@apical/experiments';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { formatCount, formatObjective, formatTable } from '../format.ts';
import { readNamedText } from '../read-file.ts';

interface FolderOptions {
  out?: string;
}

/** `apical sweep status` and `apical sweep stop`. */
export function addSweepSubcommands(sweep: Command, context: Context): void {
  sweep
    .command('status')
    .description('say how a study stands, from any machine that shares its folder')
    .argument('<study.yaml>', 'the study, or the folder of its runs')
    .addHelpText('after', '\nExamples:\n  apical sweep status studies/example.yaml')
    .action((path: string, _: object, command: Command) => status(path, command.optsWithGlobals(), context));
  sweep
    .command('stop')
    .description(
      'ask all processes that work on a study to write checkpoints and end; take what waits out of the queue',
    )
    .argument('<study.yaml>', 'the study, or the folder of its runs')
    .addHelpText('after', '\nExamples:\n  apical sweep stop studies/example.yaml')
    .action((path: string, _: object, command: Command) => stop(path, command.optsWithGlobals(), context));
}

async function status(path: string, options: FolderOptions, { output }: Context): Promise<void> {
  const { slurmTasks, sweepStatus } = await import('@apical/experiments');
  const folder = await folderOf(path, options);
  const stands = await sweepStatus(folder);
  const tasks = await slurmTasks(folder);
  output.document({ ...stands, slurmTasks: tasks });
  output.result(formatStatus(stands));
  if (tasks.length > 0) output.result(`\nSlurm's queue\n${tasks.join('\n')}`);
}

async function stop(path: string, options: FolderOptions, { output }: Context): Promise<void> {
  const { endSlurmTasks, stopSweep } = await import('@apical/experiments');
  const folder = await folderOf(path, options);
  const asked = stopSweep(folder);
  await endSlurmTasks(folder);
  output.document({ asked });
  for (const { host, pid } of asked) output.result(`asked  process ${pid} on ${host}`);
  if (asked.length === 0) output.result('nobody works on it');
}

/** The folder of the study's runs, which can be named in place of the study. */
async function folderOf(path: string, { out }: FolderOptions): Promise<string> {
  if (out !== undefined) return out;
  if (existsSync(join(path, 'study.json'))) return path;
  const { loadStudyRules, parseStudy, studyNameIn } = await import('@apical/experiments');
  const source = await readNamedText(path);
  const name = studyNameIn(source, path);
  // A study that was begun stands as its folder says, also where its file is not accepted any more.
  if (name !== undefined && existsSync(join('results', name, 'study.json'))) return join('results', name);
  await loadStudyRules(source, path);
  return join('results', parseStudy(source, path).name);
}

function formatStatus({
  name,
  done,
  diverged,
  planned,
  isPlannedWhole,
  processes,
  best,
  notRanked,
}: SweepStatus): string {
  const more = isPlannedWhole ? '' : ' so far';
  const rows = [
    ['study', name],
    ['runs', `${formatCount(done)} of ${formatCount(planned)}${more}, ${formatCount(diverged)} of them diverged`],
    ...processes.map(({ owner, running, claimed }) => [
      'at work',
      `process ${owner.pid} on ${owner.host}, ${formatCount(running)} running${claimed > 0 ? `, ${formatCount(claimed)} more claimed` : ''}`,
    ]),
  ];
  if (best !== undefined && Number.isFinite(best.loss)) {
    const settings = Object.entries(best.trial.settings).map(([axis, value]) => `${axis} ${value}`);
    rows.push(['best', `${formatObjective(best.mean)}: ${settings.join(', ')}`]);
  }
  if (notRanked !== undefined) rows.push(['best', `none is: ${notRanked}`]);
  return formatTable(rows);
}
