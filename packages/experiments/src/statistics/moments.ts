/** A mean and a standard deviation over runs. */
export interface Moments {
  readonly mean: number;
  readonly sd: number;
}

/** Mean and sample standard deviation (over n − 1; 0 for one value). NaN where there are none. */
export function moments(values: readonly number[]): Moments {
  const mean = sum(values) / values.length;
  if (values.length < 2) return { mean, sd: values.length === 1 ? 0 : Number.NaN };
  return { mean, sd: Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1)) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
