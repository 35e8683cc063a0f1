import { type Remote, releaseProxy, wrap } from 'comlink';
import type { Trainee } from './protocol.ts';
import type { Theorist } from './theorist.ts';

/** Something that lives in a worker of its own. */
export interface Hired<T> {
  readonly remote: Remote<T>;
  /** Ends the worker, whatever it is at. */
  dismiss(): void;
}

export function hireTrainee(): Hired<Trainee> {
  return hire(new Worker(new URL('./trainee-worker.ts', import.meta.url), { type: 'module' }));
}

export function hireTheorist(): Hired<Theorist> {
  return hire(new Worker(new URL('./theorist-worker.ts', import.meta.url), { type: 'module' }));
}

function hire<T>(worker: Worker): Hired<T> {
  const remote = wrap<T>(worker);
  return {
    remote,
    dismiss() {
      remote[releaseProxy]();
      worker.terminate();
    },
  };
}
