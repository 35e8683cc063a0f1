import type { Curve } from './curve.ts';

/** The dashes and gaps of the second curve of a network, in pixels. */
const second: readonly number[] = [7, 4];

/** Those of the level that curves are compared with. */
export const levelDash: readonly number[] = [6, 4];

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

/** A piece of a line with these dashes and gaps, as the background of a part of the page. */
export function lineImage(colour: string, dash: readonly number[]): string {
  let [at, isGap] = [0, false];
  const stops = dash.map((length) => {
    const stop = `${isGap ? 'transparent' : colour} ${at}px ${at + length}px`;
    [at, isGap] = [at + length, !isGap];
    return stop;
  });
  const image = stops.length > 0 ? stops.join(', ') : `${colour} 0px 1px`;
  return `repeating-linear-gradient(90deg, ${image}) center / 100% 2px no-repeat`;
}

/** A small ring, likewise. */
export function ringImage(colour: string, ground: string): string {
  return `radial-gradient(circle, ${ground} 2.5px, ${colour} 3px 4.5px, transparent 5px)`;
}
