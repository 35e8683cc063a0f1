import { availableParallelism } from 'node:os';
import { InputError } from '@apical/core';

/** How many workers to start for so many tasks: as many as asked for, or as the machine does well, but none to idle. */
export function workerCount(workers: number | undefined, tasks: number): number {
  const wanted = workers ?? availableParallelism();
  if (!Number.isSafeInteger(wanted) || wanted < 1) {
    throw new InputError(`the number of workers must be a whole number from 1, not ${wanted}`);
  }
  return Math.min(wanted, tasks);
}
