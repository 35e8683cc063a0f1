import { cosineOfHalfTurns } from './cosine.ts';

/** sin(2π x), made of what rounds alike everywhere: `Math.sin` may differ from one JavaScript engine to the next. */
export function sineOfTurns(x: number): number {
  const turn = x - Math.floor(x);
  const half = Math.abs(2 * turn - 0.5);
  return cosineOfHalfTurns(half > 1 ? 2 - half : half);
}
