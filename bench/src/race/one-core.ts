import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** The last of the processor cores that this process may use, where `taskset` can bind to it (Linux). */
export const core: number | undefined = spawnSync('taskset', ['--version']).status === 0 ? lastCore() : undefined;

/** A command that runs on one core only, where that can be had. */
export function onOneCore(command: readonly string[]): readonly string[] {
  return core === undefined ? command : ['taskset', '-c', String(core), ...command];
}

function lastCore(): number | undefined {
  try {
    const cores = /^Cpus_allowed_list:.*?(\d+)$/m.exec(readFileSync('/proc/self/status', 'utf8'));
    return cores ? Number(cores[1]) : undefined;
  } catch {
    return undefined;
  }
}
