/** Whether a count of samples is a multiple of the interval, a power of two. */
@inline
export function isMultiple(count: f64, interval: i64): bool {
  return (<i64>count & (interval - 1)) == 0;
}
