/** A mean and a standard deviation over runs. */
export interface Moments {
  readonly mean: number;
  readonly sd: number;
}

/** Mean and sample standard deviation (over n − 1). NaN where there are none: one value has no deviation. */
export function moments(values: readonly number[]): Moments {
  // Sums differences from the least, so that the mean of equal values is that value, whatever the order of others.
  const least = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const origin = Number.isFinite(least) ? least : 0;
  const mean = origin + sum(values.map((value) => value - origin)) / values.length;
  if (values.length < 2) return { mean, sd: Number.NaN };
  return { mean, sd: Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
