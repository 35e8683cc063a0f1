import type { Curve } from './curve.ts';

/** The dashes and gaps of the lines of each kind, in pixels; none are solid. The paper's points have no line. */
const dashes: Readonly<Record<Exclude<Curve['kind'], 'paper'>, readonly number[]>> = {
  live: [],
  kept: [2, 3],
  second: [7, 4],
};

/** The dashes and gaps of a curve's line: those of its kind, or of its own. */
export function dashOf({ kind, dash = [] }: Pick<Curve, 'kind' | 'dash'>): readonly number[] {
  return kind === 'paper' || kind === 'live' ? dash : dashes[kind];
}
