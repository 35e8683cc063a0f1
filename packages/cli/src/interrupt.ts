import { constants } from 'node:os';
import { Interrupted } from './errors.ts';
import type { Output } from './output.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/**
 * Turns the first Ctrl-C (or SIGTERM) into an abort, so that the command can write what it has; a second one ends the
 * process at once.
 */
export function listenForInterrupts(output: Output): AbortSignal {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    const exitCode = 128 + constants.signals[name];
    if (controller.signal.aborted) {
      output.endProgress();
      process.exit(exitCode);
    }
    output.note('apical: interrupted, ending; press Ctrl-C again to stop at once');
    controller.abort(new Interrupted(exitCode));
  };
  for (const name of signals) process.on(name, onSignal);
  return controller.signal;
}
