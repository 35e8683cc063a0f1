import type * as Plot from '@observablehq/plot';
import type { Axis } from '../study.ts';

/** That of what has no value. */
export const divergedColour = '#8c959f';

/** The values of an axis as places in a row, of a list as bands where the plot is a grid. */
export function scaleOf({ scale }: Axis, isGrid: boolean): Plot.ScaleOptions {
  if (scale.kind === 'values') {
    return { type: isGrid ? 'band' : 'point', domain: scale.values.map(placed), tickFormat: tickText };
  }
  return {
    type: scale.kind,
    domain: [scale.from, scale.to],
    ...(scale.kind === 'log' && { tickFormat: tickText, ticks: 5 }),
  };
}

/** The values of an axis where they are a list of numbers. */
export function numbersOf({ scale }: Axis): readonly number[] | undefined {
  const values = scale.kind === 'values' ? scale.values : [];
  const numbers = values.filter((value) => typeof value === 'number');
  return numbers.length > 0 && numbers.length === values.length ? numbers : undefined;
}

/** As `scaleOf`, with numbers of a list as far apart as they are, in their logarithms where they span more than a power of ten. */
export function numericScaleOf(axis: Axis): Plot.ScaleOptions {
  const numbers = numbersOf(axis);
  if (numbers === undefined) return scaleOf(axis, false);
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  const type = low > 0 && high / low > 10 ? 'log' : 'linear';
  return { type, domain: [low, high] };
}

/** Many labels below each other would run into one another. */
export function rotated({ scale }: Axis): Plot.ScaleOptions {
  return scale.kind === 'values' && scale.values.length > 6 ? { tickRotate: -40 } : {};
}

/** A value as a place on a scale, where null is none. */
export function placed(value: unknown): unknown {
  return value === null ? 'null' : value;
}

export function tickText(value: unknown): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(2))) : String(value);
}
