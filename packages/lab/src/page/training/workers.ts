import workerAddress from 'virtual:worker';
import { type Remote, releaseProxy, wrap } from 'comlink';
import type { Trainee } from './protocol.ts';
import type { Theorist } from './theorist.ts';

/** Something that lives in a worker of its own. */
export interface Hired<T> {
  readonly remote: Remote<T>;
  /** Ends the worker, whatever it is at. */
  dismiss(): void;
}

/** Starts a worker, which can learn or compute what is not learned. */
export function hire<T extends Trainee | Theorist>(): Hired<T> {
  const worker = new Worker(workerAddress, { type: 'module' });
  const remote = wrap<T>(worker);
  return {
    remote,
    dismiss() {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
