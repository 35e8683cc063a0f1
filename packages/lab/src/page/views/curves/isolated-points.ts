/**
 * The places of values that no line shows, for there is a gap (null) on both sides; `undefined` is no gap, but a place that
 * belongs to other curves.
 */
export function isolatedPoints(values: ArrayLike<number | null | undefined>): number[] {
  const own = Array.from(values, (value, i) => ({ value, i })).filter(({ value }) => value !== undefined);
  const isGap = (at: number) => typeof own[at]?.value !== 'number';
  return own.flatMap(({ value, i }, at) => (typeof value === 'number' && isGap(at - 1) && isGap(at + 1) ? [i] : []));
}
