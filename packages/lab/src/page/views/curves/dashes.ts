import type { Curve } from './curve.ts';

/** The dashes and gaps of the lines of each kind, in pixels; none are solid. The paper's points have no line. */
export const dashes: Readonly<Record<Exclude<Curve['kind'], 'paper'>, readonly number[]>> = {
  live: [],
  kept: [2, 3],
  second: [7, 4],
};
