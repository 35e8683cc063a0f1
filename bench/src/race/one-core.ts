import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The processor cores that this process may use, such as 0-3, where `taskset` can bind to them (Linux). */
const cores: string | undefined = spawnSync('taskset', ['--version']).status === 0 ? allowedCores() : undefined;

/** The last of them. */
export const core: number | undefined = cores === undefined ? undefined : Number(/\d+$/.exec(cores)![0]);

/** A command that runs on one core only, where that can be had. */
export function onOneCore(command: readonly string[]): readonly string[] {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command];
}

/** Has a process that runs go on with all its threads on that core, or on any, where that can be had. */
export function bind(pid: number, isToOne: boolean): void {
  if (core !== undefined) spawnSync('taskset', ['-a', '-c', '-p', isToOne ? String(core) : cores!, String(pid)]);
}

function allowedCores(): string | undefined {
  try {
    return /^Cpus_allowed_list:\s*(.*\d)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
