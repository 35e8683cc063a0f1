import { getSystemErrorMessage } from 'node:util';
import { InputError } from 'apical';
import { CommanderError } from 'commander';
import type { Output } from './output.ts';

/** What the exit codes of `apical` mean. An interrupted command ends with 128 + the signal's number (Ctrl-C: 130). */
export const exitCodes = {
  success: 0,
  /** It could not be done; or it was done, and the result differs from what was to be reproduced or verified. */
  failure: 1,
  /** The command line or a configuration is wrong: nothing was started. */
  usage: 2,
  /** Whoever read standard output went away: 128 + SIGPIPE. */
  brokenPipe: 141,
};

/** The command line, or a file it names as a part of it, cannot be understood. */
export class UsageError extends InputError {
  override name = 'UsageError';
}

/** The command was stopped by a signal; the reason of every abort. */
export class Interrupted extends Error {
  override name = 'Interrupted';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

/** Runs `parse`; an InputError in it is a mistake in the command line, hence a UsageError with the same message. */
export function asUsage<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof InputError ? new UsageError(error.message) : error;
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
  if (error instanceof UsageError) return { message: error.message, exitCode: exitCodes.usage };
  if (error instanceof InputError) return { message: error.message, exitCode: exitCodes.failure };
  if (isSystemError(error)) return { message: systemMessage(error), exitCode: exitCodes.failure };
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

/** Where a system's own words would not say what is the matter. */
const systemWords: Readonly<Record<string, string>> = {
  EEXIST: 'a file stands where a folder is needed',
  ENOTDIR: 'a file stands where a folder is needed',
  EISDIR: 'a folder stands where a file is needed',
};

/** Node's "ENOSPC: no space left on device, write" names no file; this says where, what, and the code to look up. */
function systemMessage(error: SystemError): string {
  const { path, code = '' } = error;
  const where = path === undefined ? '' : `${path}: `;
  return `${where}${systemWords[code] ?? getSystemErrorMessage(error.errno)} (${code})`;
}
