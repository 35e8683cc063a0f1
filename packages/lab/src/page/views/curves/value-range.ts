import type { Curve, Level } from './curve.ts';

/** What the axis of values spans, and how it runs. */
export interface ValueRange {
  readonly low: number;
  readonly high: number;
  readonly isLogarithmic: boolean;
}

/** What the values of curves and of a level are drawn on, where they lie between two samples. */
export function valueRange(
  curves: readonly Curve[],
  level: Level | undefined,
  logarithmic: boolean,
  [from, to]: readonly [number, number] = [0, Number.POSITIVE_INFINITY],
): ValueRange {
  const isLogarithmic = logarithmic && canBeLogarithmic(curves, level);
  const valuesOf = ({ points, divergedAt = Number.POSITIVE_INFINITY }: Curve) =>
    points.flatMap(([samples, value]) => {
      // On a linear axis a curve that goes to infinity would press all others flat: it is followed as far as it is one of them.
      const isShown = samples >= from && samples <= to && (isLogarithmic || samples < divergedAt);
      return value !== null && Number.isFinite(value) && isShown ? [value] : [];
    });
  const near = [...curves.flatMap(valuesOf), ...(level ? [level.value] : [])];
  const all = near.length > 0 ? near : curves.flatMap(({ points }) => points.flatMap(([, value]) => value ?? []));
  if (all.length === 0) return { low: isLogarithmic ? 0.1 : 0, high: 1, isLogarithmic };
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of all) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return { ...(isLogarithmic ? paddedRatio(low, high) : padded(low, high)), isLogarithmic };
}

/** Whether all values have logarithms. */
export function canBeLogarithmic(curves: readonly Curve[], level: Level | undefined): boolean {
  const isPositive = (value: number | null) => value === null || value > 0;
  return (
    curves.every(({ points }) => points.every(([, value]) => isPositive(value))) && isPositive(level?.value ?? null)
  );
}

/** Room above and below; a single value has a scale by its size. */
function padded(low: number, high: number): { low: number; high: number } {
  const margin = low === high ? 0.1 * (Math.abs(low) || 1) : 0.05 * (high - low);
  return { low: low - margin, high: high + margin };
}

function paddedRatio(low: number, high: number): { low: number; high: number } {
  const factor = low === high ? 2 : (high / low) ** 0.05;
  return { low: low / factor, high: high * factor };
}
