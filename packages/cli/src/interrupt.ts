import { constants } from 'node:os';
import { Interrupted } from './errors.ts';
import type { Output } from './output.ts';

const signals = ['SIGINT', 'SIGTERM'] as const;

/** Signals this soon after the first are the same wish: `timeout` sends two at once, to the process and to its group. */
const sameWishMilliseconds = 1000;

/**
 * Turns the first Ctrl-C (or SIGTERM) into an abort, so that the command can write what it has; one more, a second later or after
 * that, ends the process at once.
 */
export function listenForInterrupts(output: Output): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const onSignal = (name: NodeJS.Signals) => {
    const exitCode = 128 + constants.signals[name];
    const now = performance.now();
    if (controller.signal.aborted && now - first < sameWishMilliseconds) return;
    if (controller.signal.aborted) {
      output.endProgress();
      process.exit(exitCode);
    }
    first = now;
    output.note('apical: interrupted, ending; press Ctrl-C again to stop at once');
    controller.abort(new Interrupted(exitCode));
  };
  for (const name of signals) process.on(name, onSignal);
  return controller.signal;
}
