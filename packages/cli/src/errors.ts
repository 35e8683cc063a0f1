import { isAbsolute } from 'node:path';
import { getSystemErrorMessage } from 'node:util';
import { FailureError, InputError } from '@apical/core';
import { CommanderError } from 'commander';
import type { Output } from './output.ts';

/** What the exit codes of `apical` mean. An interrupted command ends with 128 + the signal's number (Ctrl-C: 130). */
export const exitCodes = {
  success: 0,
  /** It failed while it was done; or it was done, and the result differs from what was to be reproduced or verified. */
  failure: 1,
  /** What was written is wrong, or names something that is not there or cannot be used. */
  usage: 2,
  /** Whoever read standard output went away: 128 + SIGPIPE. */
  brokenPipe: 141,
};

/** The command was stopped by a signal; the reason of every abort. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

/** Says on standard error what went wrong, in one line where the message is one, and returns the exit code for it. */
export function reportError(error: unknown, output: Output): number {
  const { message, exitCode } = describe(error);
  output.endProgress();
  if (message !== undefined) output.error(`apical: ${message}`);
  if (process.env.APICAL_DEBUG === '1' && error instanceof Error && message !== undefined) {
    output.error(error.stack ?? String(error));
  }
  return exitCode;
}

function describe(error: unknown): { message?: string; exitCode: number } {
  if (error instanceof CommanderError) return describeCommanderError(error);
  if (error instanceof Interrupted) return { exitCode: error.exitCode };
  if (error instanceof FailureError) return { message: error.message, exitCode: exitCodes.failure };
  if (error instanceof InputError) return { message: error.message, exitCode: exitCodes.usage };
  if (isSystemError(error)) {
    const isMisnamed = error.code === 'ENOENT' || Object.hasOwn(systemWords, error.code ?? '');
    return { message: systemMessage(error), exitCode: isMisnamed ? exitCodes.usage : exitCodes.failure };
  }
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = what.replaceAll(/\s*\n\s*/g, ' ');
  return { message: `unexpected ${line} (APICAL_DEBUG=1 shows the stack)`, exitCode: exitCodes.failure };
}

/** Mistakes to which the help is the answer. */
const misnamed: ReadonlySet<string> = new Set([
  'commander.unknownCommand',
  'commander.unknownOption',
  'commander.missingArgument',
  'commander.excessArguments',
]);

/** Commander ends by an error even after --help and --version; their text is printed already. */
function describeCommanderError(error: CommanderError): { message?: string; exitCode: number } {
  if (error.code === 'commander.version' || error.code === 'commander.helpDisplayed') return { exitCode: 0 };
  if (error.code === 'commander.help') return { exitCode: exitCodes.usage };
  const message = error.message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
  const hint = misnamed.has(error.code) ? '; --help says what there is' : '';
  return { message: message + hint, exitCode: exitCodes.usage };
}

type SystemError = NodeJS.ErrnoException & { errno: number };

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'errno' in error && typeof error.errno === 'number' && 'syscall' in error;
}

/** What is the matter with a path that was named, where the system's own words would not say it. */
const systemWords: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands where a folder is needed',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
  ELOOP: 'links that lead to each other stand there',
  ENAMETOOLONG: 'the name is longer than the system allows',
};

/** What the matter is where there is no room, and what to do. */
const fullWords: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; free some space, or write elsewhere',
  EDQUOT: 'your disk quota is used up; free some space, or write elsewhere',
};

/** Node's "ENOSPC: no space left on device, write" names no file; this says where, what, and the code to look up. */
function systemMessage(error: SystemError): string {
  const { path, code = '' } = error;
  const where = path === undefined ? '' : `${path}: `;
  const from = code === 'ENOENT' && path !== undefined && !isAbsolute(path) ? ` in ${process.cwd()}` : '';
  return `${where}${systemWords[code] ?? fullWords[code] ?? getSystemErrorMessage(error.errno)}${from} (${code})`;
}
