import { moments } from './moments.ts';
import { studentQuantile } from './student-t.ts';

/** The difference of two values over pairs. */
export interface PairedDifference {
  mean: number;
  /** Sample standard deviation of the differences. */
  sd: number;
  /** The interval in which the true mean lies with the confidence; null for fewer than two pairs. */
  interval: [number, number] | null;
  /** A difference a pair. */
  differences: number[];
}

/**
 * The mean of paired differences, with Student's interval: mean ± t(1 − (1 − confidence)/2, n − 1) · sd / √n. It is exact for
 * differences that are normal and independent of each other.
 *
 * @param pairs two values each, of which the second is subtracted from the first
 * @param confidence more than 0 and less than 1
 */
export function pairedDifference(pairs: readonly (readonly [number, number])[], confidence = 0.95): PairedDifference {
  const differences = pairs.map(([a, b]) => a - b);
  const { mean, sd } = moments(differences);
  const count = differences.length;
  if (count < 2) return { mean, sd, interval: null, differences };
  const half = (studentQuantile(1 - (1 - confidence) / 2, count - 1) * sd) / Math.sqrt(count);
  return { mean, sd, interval: [mean - half, mean + half], differences };
}
