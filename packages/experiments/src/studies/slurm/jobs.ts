import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FailureError } from '@apical/core';
import { makeFolder, writeAtomically } from '../../files/atomic-write.ts';
import { errorCode } from '../../files/write-problem.ts';

/** What is submitted to Slurm. */
export interface SlurmJob {
  /** The study's name, of which the job's is made. */
  readonly name: string;
  /** The folder of the study, on a file system that all nodes share. */
  readonly folder: string;
  /** The command of each task, program first. The task's number of processors is appended, as `--workers N`. */
  readonly command: readonly string[];
  /** How many tasks. */
  readonly tasks: number;
  readonly partition?: string | undefined;
  readonly time?: string | undefined;
  /** Whether a task that a node's failure or a preemption ended is put into the queue again. */
  readonly requeue: boolean;
  /** Other arguments of sbatch. */
  readonly others: readonly string[];
}

/** Where the logs of tasks are, and a file a job that was submitted, in the folder of a study. */
const slurmFolder = 'slurm';
const jobEnding = '.job';

/**
 * Submits a job array. Every task does runs of the study until there are none left: the tasks share them out by the folder, and
 * one that ends early loses nothing.
 *
 * @returns the job's number
 * @throws FailureError where there is no Slurm, or it refuses the job: with what it says
 */
export async function submitToSlurm(job: SlurmJob): Promise<string> {
  const { name, folder, command, tasks, partition, time, requeue, others } = job;
  const logs = join(folder, slurmFolder);
  makeFolder(logs);
  const script = `#!/bin/sh\nexec ${command.map(quoted).join(' ')} --workers "\${SLURM_CPUS_PER_TASK:-1}"\n`;
  const path = join(logs, 'task.sh');
  writeAtomically(path, script);
  const number = await slurm('sbatch', [
    '--parsable',
    `--job-name=apical-${name}`,
    `--array=1-${tasks}`,
    `--output=${join(logs, '%A_%a.log')}`,
    '--open-mode=append',
    requeue ? '--requeue' : '--no-requeue',
    ...(partition === undefined ? [] : [`--partition=${partition}`]),
    ...(time === undefined ? [] : [`--time=${time}`]),
    ...others,
    path,
  ]);
  const [id = ''] = number.trim().split(';');
  writeAtomically(join(logs, `${id}${jobEnding}`), `${new Date().toISOString()}\n`);
  return id;
}

/** The numbers of the jobs that were submitted for a study. */
export function slurmJobs(folder: string): string[] {
  try {
    const names = readdirSync(join(folder, slurmFolder)).filter((name) => name.endsWith(jobEnding));
    return names.map((name) => name.slice(0, -jobEnding.length));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The tasks of a study's jobs that wait or run, as `squeue` has them: "12_3 RUNNING". */
export async function slurmTasks(folder: string): Promise<string[]> {
  const jobs = slurmJobs(folder);
  if (jobs.length === 0) return [];
  const lines = await slurm('squeue', ['--noheader', '--array', '--format=%A %i %T', '--states=all']);
  return lines
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, task = '', state = '']) => jobs.includes(task.split('_')[0] ?? '') && ['PENDING', 'RUNNING'].includes(state),
    )
    .map(([, task, state]) => `${task} ${state}`);
}

/**
 * Takes the tasks of a study's jobs that wait out of the queue, and ends those that run as Ctrl-C does: also those that have only
 * begun, and are not yet to be found in the folder.
 */
export async function endSlurmTasks(folder: string): Promise<void> {
  const jobs = slurmJobs(folder);
  if (jobs.length === 0) return;
  await slurm('scancel', ['--quiet', '--state=PENDING', ...jobs]);
  await slurm('scancel', ['--quiet', '--state=RUNNING', '--full', '--signal=TERM', ...jobs]);
}

async function slurm(program: string, args: readonly string[]): Promise<string> {
  try {
    return (await promisify(execFile)(program, [...args])).stdout;
  } catch (error) {
    if (errorCode(error) === 'ENOENT')
      throw new FailureError(`${program}: not found: there is no Slurm on this machine`);
    const { stderr } = error as { stderr?: string };
    if (stderr === undefined) throw error;
    throw new FailureError(`${program}: ${stderr.trim().replaceAll(/\s*\n\s*/g, '; ')}`, { cause: error });
  }
}

/** A word of a shell's command line. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
