import type { Context } from './context.ts';
import { exitCodes, reportError } from './errors.ts';
import { listenForInterrupts } from './interrupt.ts';
import { Output } from './output.ts';
import { createProgram } from './program.ts';

/**
 * Runs the command line in a process of its own, which it may end: see `runIn`.
 *
 * @returns the exit code
 */
export function run(args: readonly string[]): Promise<number> {
  const output = new Output(process.stdout, process.stderr);
  endOnLostOutput(output);
  // What fails outside any promise, such as an event handler of a library.
  process.on('uncaughtException', (error) => process.exit(reportError(error, output)));
  return runIn({ output, signal: listenForInterrupts(output), exitCode: exitCodes.success }, args);
}

/**
 * Parses `args` (without the program's own name), calls the command, prints to the output of `context`.
 * Never throws: a failure is one line on standard error.
 *
 * @returns the exit code
 */
export async function runIn(context: Context, args: readonly string[]): Promise<number> {
  const { output } = context;
  try {
    await createProgram(context).parseAsync(args, { from: 'user' });
    return context.exitCode;
  } catch (error) {
    return reportError(error, output);
  } finally {
    output.endProgress();
  }
}

/**
 * Ends the process when results cannot be written any more: without a word when nobody reads them (`apical … | head`),
 * with an error when, say, the disk is full. What cannot be written to standard error is lost.
 */
function endOnLostOutput(output: Output): void {
  output.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCodes.brokenPipe);
    process.exit(reportError(Object.assign(error, { path: 'standard output' }), output));
  });
  output.stderr.on('error', () => {});
}
