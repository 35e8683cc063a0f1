import { evaluationSchedule } from '@apical/experiments';

/** How many points a decade are drawn, about evenly on a logarithmic axis. */
const perDecade = 10;

/**
 * The first number of samples after `seen` at which the networks may be evaluated. It depends on nothing but `seen` and the
 * paper's points, so that curves of different runs can be compared point by point.
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

/** Whether the paper plots a point after more than `before` and up to `samples` samples: there the networks are evaluated, however long it takes. */
export function hasPaperPoint(before: number, samples: number, length: number): boolean {
  return evaluationSchedule(length).some((point) => point > before && point <= samples);
}
