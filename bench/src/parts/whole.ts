import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { withTemporaryFolder } from '../temporary-folder.ts';

/** A whole experiment of the paper by the clock, as the command runs it, with a worker a core. */
export interface WholeResult {
  /** The arguments of `apical`. */
  readonly command: string;
  readonly seconds: number;
  /** The most memory that the process held (Linux). */
  readonly peakBytes?: number;
}

/** The paper's experiments with real data. */
export const wholeCommands = ['reproduce figure-3 --panel all', 'reproduce table-1'];
const apical = fileURLToPath(new URL('../../../packages/cli/bin/apical.mjs', import.meta.url));
const memoryInterval = 200;

/**
 * @param commands arguments of `apical`
 * @param note told of what could not be run, and why
 * @param onProgress told what is being run
 */
export async function measureWhole(
  commands: readonly string[],
  note: (text: string) => void,
  onProgress: (text: string) => void,
): Promise<WholeResult[]> {
  const results: WholeResult[] = [];
  await withTemporaryFolder(async (folder) => {
    for (const [number, command] of commands.entries()) {
      onProgress(`apical ${command}`);
      const result = await runByTheClock(command, ['--out', path.join(folder, String(number)), '--quiet']);
      if (typeof result === 'string') note(`apical ${command} is left out: ${result}`);
      else results.push(result);
    }
  });
  return results;
}

/** Runs the command; what it complained of where it could not be done. */
async function runByTheClock(command: string, options: readonly string[]): Promise<WholeResult | string> {
  const start = performance.now();
  const child = spawn(process.execPath, [apical, ...command.split(' '), ...options], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let complaint = '';
  let peakBytes: number | undefined;
  child.stderr.on('data', (text) => {
    complaint += text;
  });
  const watch = setInterval(async () => {
    peakBytes = (await peakMemory(child.pid!)) ?? peakBytes;
  }, memoryInterval);
  const [exitCode, signal] = await once(child, 'close');
  clearInterval(watch);
  const problem = /^apical: (.*)$/m.exec(complaint);
  if (problem) return problem[1]!;
  // 1: its figures are not the paper's, which is a result.
  if (exitCode !== 0 && exitCode !== 1) return `it ended with ${signal ?? `exit code ${exitCode}`}`;
  const seconds = (performance.now() - start) / 1000;
  return { command, seconds, ...(peakBytes !== undefined && { peakBytes }) };
}

/** The largest resident set of a process so far, in bytes; undefined where the system does not say. */
async function peakMemory(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const match = /^VmHWM:\s*(\d+) kB$/m.exec(status);
  return match ? 1024 * Number(match[1]) : undefined;
}
