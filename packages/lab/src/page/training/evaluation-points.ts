import { evaluationSchedule } from '@apical/experiments';

/** How many points a decade are drawn, about evenly on a logarithmic axis. */
const perDecade = 10;

/**
 * The first number of samples after `seen` at which the networks are evaluated. It depends on nothing but `seen` and the
 * paper's points, so that a curve has the same points however the run was paced.
 *
 * @param length how many samples a run of the preset learns: the paper's points are spread over it
 */
export function nextEvaluation(seen: number, length: number): number {
  let exponent = Math.floor(perDecade * Math.log10(seen + 1));
  let next = 0;
  while (next <= seen) {
    next = Math.round(10 ** (exponent / perDecade));
    exponent++;
  }
  const paper = evaluationSchedule(length).find((point) => point > seen);
  return Math.min(next, paper ?? Number.POSITIVE_INFINITY);
}
