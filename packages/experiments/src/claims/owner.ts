import { randomUUID } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** A process that does runs. */
export interface Owner {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** What tells this process from all others of its machine, before and after: its boot, pid namespace and start. */
  readonly process: string | undefined;
}

export function thisProcess(): Owner {
  const host = hostname();
  const { pid } = process;
  return { id: `${host}-${pid}-${randomUUID().slice(0, 8)}`, host, pid, process: identity(pid) };
}

/** Whether a process of this machine runs or is gone; unknown for those of others, and but for Linux. */
export function stateOf({ process: known, host, pid }: Owner): 'runs' | 'gone' | 'unknown' {
  const here = identity(process.pid);
  if (known === undefined || here === undefined || host !== hostname()) return 'unknown';
  if (machineOf(known) !== machineOf(here)) return 'unknown';
  return identity(pid) === known ? 'runs' : 'gone';
}

/** Linux only. A pid alone is used again, and is another process in every container. */
function identity(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const namespace = readlinkSync('/proc/self/ns/pid');
    // Fields after the name, which may have spaces and parentheses; the 20th of them is the time of the start.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
    const zombie = fields[0] === 'Z' || fields[0] === 'X';
    return zombie ? `${boot} ${namespace} ended` : `${boot} ${namespace} ${pid} ${fields[19]}`;
  } catch {
    return pid === process.pid ? undefined : machineless;
  }
}

/** A process that there is not. */
const machineless = 'none';

function machineOf(identity: string): string {
  return identity.split(' ').slice(0, 2).join(' ');
}
