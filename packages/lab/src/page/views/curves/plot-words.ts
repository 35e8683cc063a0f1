import { formatCount, formatValue } from '../format.ts';
import type { Curve, Level } from './curve.ts';

/** What a plot shows, for those who cannot see it: how far each curve has come. */
export function plotWords(title: string, curves: readonly Curve[], level?: Level): string {
  const ends = curves.flatMap(({ label, points }) => {
    const [samples, value] = points.findLast((point) => point[1] !== null) ?? [];
    return samples === undefined || value === undefined || value === null
      ? []
      : [`${label}: ${formatValue(value)} after ${formatCount(samples)}`];
  });
  const levels = level ? [`${level.words}: ${formatValue(level.value)}`] : [];
  return [`${title} against samples seen`, ...ends, ...levels].join('; ');
}
