import { InputError } from '@apical/core';
import type { Clock } from './generator.ts';

/** Spikes that are given: when each came, and in which cell, the first being 0. */
export interface GivenSpikes {
  readonly times: ArrayLike<number>;
  readonly cells: ArrayLike<number>;
}

/** Reads them from a file. @throws InputError where it is none of spikes */
export type SpikeReader = (path: string) => GivenSpikes;

/** A wrong spike is named by its row, the first being 1. */
interface Where {
  readonly path: string;
  readonly dt: number;
  /** How many cells there are, and steps, where that is known. */
  readonly cells: number;
  readonly steps?: number | undefined;
  /** Whether a spike is what was left of its step when it came, not 1: see `burst-stdp`. */
  readonly exact?: boolean;
}

/**
 * A function that writes given spikes: in each step and cell, how many there are, or when in the step the one came that there is.
 * @throws InputError for times that are negative, no numbers, out of order, or beyond the end, cells that there are not, and two exact spikes
 * of a cell in a step
 */
export function givenSpikes(
  { times, cells: owners }: GivenSpikes,
  where: Where,
): (out: Float32Array, clock: Clock) => void {
  const { path, dt, cells, steps, exact = false } = where;
  const latest = new Map<number, number>();
  const at = Int32Array.from(times, (time, i) => {
    const row = `${path}: spike ${i + 1}`;
    const [cell, before] = [owners[i]!, i === 0 ? 0 : times[i - 1]!];
    if (!(Number.isFinite(time) && time >= 0)) throw new InputError(`${row}: its time must be 0 or more, not ${time}`);
    if (time < before)
      throw new InputError(`${row}: comes at ${time}, before spike ${i} at ${before}: sort them by time`);
    if (!Number.isInteger(cell) || cell < 0 || cell >= cells) {
      throw new InputError(`${row}: its cell must be a whole number from 0 to ${cells - 1}, not ${cell}`);
    }
    // A spike at the border of two steps, to rounding, is in the later one.
    const step = Math.floor(time / dt + 1e-6);
    if (steps !== undefined && step >= steps) {
      const end = Number((steps * dt).toPrecision(9));
      throw new InputError(`${row}: comes at ${time}, beyond the end at ${end} (${steps} steps of ${dt})`);
    }
    if (exact && latest.get(cell) === step) {
      throw new InputError(
        `${row}: is the second of cell ${cell} in a step of ${dt}; exact spikes want a shorter step`,
      );
    }
    latest.set(cell, step);
    return step;
  });
  return (out, { first, count }) => {
    for (let i = firstFrom(at, first); i < at.length && at[i]! < first + count; i++) {
      const left = exact ? Math.min(1, at[i]! + 1 - times[i]! / dt) : 1;
      out[(at[i]! - first) * cells + owners[i]!]! += left;
    }
  };
}

/** The place of the first number, of those that ascend, that is at least so much. */
function firstFrom(ascending: Int32Array, least: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
