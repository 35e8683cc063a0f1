/** The middle of repeated measurements, and how far they spread. */
export interface Summary {
  readonly median: number;
  /** The lower and the upper quartile. */
  readonly quartiles: readonly [number, number];
}

/** Of at least one value. */
export function summarise(values: readonly number[]): Summary {
  return { median: quantile(values, 0.5), quartiles: [quantile(values, 0.25), quantile(values, 0.75)] };
}

/**
 * The value below which a share of the values lies: linear between the order statistics, value i of n (from 0, ascending)
 * being at i / (n − 1).
 */
export function quantile(values: readonly number[], share: number): number {
  const ascending = values.toSorted((a, b) => a - b);
  const place = share * (ascending.length - 1);
  const below = ascending[Math.floor(place)] ?? Number.NaN;
  const above = ascending[Math.ceil(place)] ?? Number.NaN;
  return below + (place - Math.floor(place)) * (above - below);
}

/** max |a − b| / max |b|: the largest difference as a part of the largest entry of the second. */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!));
    difference = Math.max(difference, Math.abs((actual[i] ?? Number.NaN) - expected[i]!));
  }
  return difference === 0 ? 0 : difference / largest;
}
