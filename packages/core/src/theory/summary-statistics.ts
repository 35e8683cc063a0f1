/** How numbers are distributed. Quantiles lie linearly between the numbers next to them in order. */
export interface SummaryStatistics {
  readonly mean: number;
  /** The root of the mean squared deviation from the mean. */
  readonly deviation: number;
  readonly smallest: number;
  readonly 'lower-decile': number;
  readonly 'lower-quartile': number;
  readonly median: number;
  readonly 'upper-quartile': number;
  readonly 'upper-decile': number;
  readonly largest: number;
}

/** The names of what is known of numbers. */
export const summaryNames: readonly (keyof SummaryStatistics)[] = [
  'mean',
  'deviation',
  'smallest',
  'lower-decile',
  'lower-quartile',
  'median',
  'upper-quartile',
  'upper-decile',
  'largest',
];

/** How these numbers are distributed; all is NaN where one of them is, or there are none. */
export function summaryOf(values: Float32Array): SummaryStatistics {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const ordered = values.toSorted();
  const quantile = (share: number): number => {
    if (Number.isNaN(mean)) return Number.NaN;
    const at = share * (ordered.length - 1);
    const below = ordered[Math.floor(at)]!;
    return below + (at - Math.floor(at)) * (ordered[Math.ceil(at)]! - below);
  };
  return {
    mean,
    deviation: Math.sqrt(variance),
    smallest: quantile(0),
    'lower-decile': quantile(0.1),
    'lower-quartile': quantile(0.25),
    median: quantile(0.5),
    'upper-quartile': quantile(0.75),
    'upper-decile': quantile(0.9),
    largest: quantile(1),
  };
}
