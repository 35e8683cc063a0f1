import { InputError } from '../errors.ts';

/**
 * The first end of a batch at `position` or after it. Batches have `batch` samples, and begin anew with every epoch of `count`: the last
 * of an epoch is smaller where `count` is no multiple.
 */
export function batchEnd(position: number, count: number, batch: number): number {
  const inEpoch = position % count;
  const end = Math.min(Math.ceil(inEpoch / batch) * batch, count);
  return position - inEpoch + end;
}

/** The last end of a batch, or the beginning, at `position` or before it. */
export function batchStart(position: number, count: number, batch: number): number {
  const inEpoch = position % count;
  return position - (inEpoch % batch);
}

/** @throws InputError for batches larger than the data set */
export function checkBatch(count: number, batch: number): void {
  if (batch === 1 || batch <= count) return;
  throw new InputError(`batch must be at most ${count}, the samples of the data set, not ${batch}`);
}

/** @param what it is called in the message. @throws InputError, with the nearest ends, for a position inside a batch */
export function checkBatchEnd(what: string, position: number, count: number, batch: number): void {
  const after = batchEnd(position, count, batch);
  if (after === position) return;
  const before = batchStart(position, count, batch);
  const nearest = before === 0 ? `${after} is the first that is not` : `nearest are ${before} and ${after}`;
  throw new InputError(
    `${what} must be between two batches of ${batch} (each epoch of ${count} begins with a new one): ${position} is inside one; ${nearest}`,
  );
}
