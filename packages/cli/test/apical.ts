import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { exitCodes } from '../src/errors.ts';
import { Output } from '../src/output.ts';
import { runIn } from '../src/run.ts';

export const bin = fileURLToPath(new URL('../bin/apical.mjs', import.meta.url));

// No data but what ships with the packages.
process.env.APICAL_DATA = join(tmpdir(), 'apical-no-data');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Started {
  child: ChildProcess;
  end: Promise<Finished>;
}

/** Starts the built command; its data folder is an empty one, so that only what ships with the packages is there. */
export function start(args: readonly string[], env: NodeJS.ProcessEnv = {}, cwd?: string): Started {
  return startProgram(process.execPath, [bin, ...args], env, cwd);
}

/** Runs the built command on a terminal of its own, and returns all that it wrote there. */
export async function runOnTerminal(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const command = [process.execPath, bin, ...args].map((word) => `'${word}'`).join(' ');
  const terminal = { TERM: 'xterm', ...env };
  return (await startProgram('/usr/bin/script', ['-qec', command, '/dev/null'], terminal).end).stdout;
}

function startProgram(program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd?: string): Started {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(NO_COLOR|FORCE_COLOR|CI|APICAL_.*)$/.test(name));
  const child = spawn(program, args, {
    env: { ...Object.fromEntries(inherited), APICAL_DATA: process.env.APICAL_DATA, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd !== undefined && { cwd }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const end = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, end };
}

/** Runs the command to its end, in this process: for what does not depend on its environment, its terminal or how it is ended. */
export async function apical(...args: string[]): Promise<Finished> {
  const stdout = new Collected();
  const stderr = new Collected();
  const output = new Output(stdout.asStream(), stderr.asStream());
  const code = await runIn({ output, signal: new AbortController().signal, exitCode: exitCodes.success }, args);
  return { code, stdout: stdout.text, stderr: stderr.text };
}

/** Keeps what is written to it. */
class Collected extends Writable {
  text = '';

  /** As a stream of a process; it is no terminal. */
  asStream(): NodeJS.WriteStream {
    return this as Writable as NodeJS.WriteStream;
  }

  override _write(chunk: Buffer, _encoding: string, written: () => void): void {
    this.text += chunk;
    written();
  }
}

/** An empty folder that is removed when the test has ended. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'apical-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
