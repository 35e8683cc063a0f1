import type { Curve } from './curve.ts';

/** The dashes and gaps of the second curve of a network, in pixels. */
const second: readonly number[] = [7, 4];

/** Those of curves that were kept: of the first that were, of the second, and so on. */
const kept: readonly (readonly number[])[] = [
  [2, 3],
  [6, 3],
  [1, 5],
  [9, 3, 2, 3],
  [4, 4],
  [12, 3, 2, 3, 2, 3],
  [3, 6],
  [16, 4],
];

/** The dashes and gaps of the curves that were kept as the `number`-th, from 1 on. */
export function keptDash(number: number): readonly number[] {
  return kept[(number - 1) % kept.length]!;
}

/** The dashes and gaps of a curve's line: those of its kind, or of its own. The paper's points have no line. */
export function dashOf({ kind, dash = [] }: Pick<Curve, 'kind' | 'dash'>): readonly number[] {
  return kind === 'second' ? second : dash;
}
