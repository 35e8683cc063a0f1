import type { Moments } from '../statistics/moments.ts';
import type { RowVerdict } from './results.ts';

/** How many combined standard deviations apart two values may be that agree. */
const tolerance = 3;

/** Half a unit of the last decimal that the paper's values have. */
const paperRounding = 0.00005;

/** √(ours² + paper² + rounding²), the rounding being that of the paper's values; of one run ours is not known, and left out. */
export function combinedSd(ours: number, paper: number): number {
  return Math.hypot(Number.isNaN(ours) ? 0 : ours, paper, paperRounding);
}

/**
 * Compares a value of ours with the paper's: whether they are within three combined standard deviations, and whether that
 * says anything.
 *
 * @param untrained the value of a network that has learned nothing
 */
export function compare(ours: Moments, paper: Moments, untrained: number): RowVerdict {
  const band = tolerance * combinedSd(ours.sd, paper.sd);
  if (!(Math.abs(ours.mean - paper.mean) <= band)) return 'differs';
  return Math.abs(untrained - paper.mean) <= band ? 'uninformative' : 'agrees';
}
