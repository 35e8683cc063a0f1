import { formatCount } from '../format.ts';

/** Where a logarithmic axis has its lines, and which of them have numbers. */
export interface LogarithmicTicks {
  readonly lines: readonly number[];
  readonly labelled: ReadonlySet<number>;
}

/** 1, 2 or 5 times a power of ten: the least of these steps that divides the range into at most so many parts. */
function roundStep(range: number, parts: number): number {
  const power = 10 ** Math.floor(Math.log10(range / parts));
  return power * ([1, 2, 5, 10].find((factor) => range / (factor * power) <= parts) ?? 10);
}

/** The multiples of a round step from `low` to `high`, which divides the range into three to eight parts. */
export function roundTicks(low: number, high: number): number[] {
  const step = roundStep(high - low, 8);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  // Divided where the step is below one, so that ticks are the nearest numbers to those that are written.
  return Array.from({ length: count }, (_, i) => (step < 1 ? (first + i) / Math.round(1 / step) : (first + i) * step));
}

/**
 * The ticks from `low` to `high`, both positive. Powers of ten have numbers where two of them are in the range; otherwise 1, 2 and 5
 * times them, where there are two of those; and otherwise the multiples of a round step.
 */
export function logarithmicTicks(low: number, high: number): LogarithmicTicks {
  const lines: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)); 10 ** exponent <= high; exponent++) {
    for (let digit = 1; digit < 10; digit++) {
      const value = digit * 10 ** exponent;
      if (value >= low && value <= high) lines.push(value);
    }
  }
  const leading = (value: number) => Math.round(value / 10 ** Math.floor(Math.log10(value) + 1e-9));
  for (const digits of [[1], [1, 2, 5]]) {
    const labelled = lines.filter((value) => digits.includes(leading(value)));
    if (labelled.length > 1) return { lines, labelled: new Set(labelled) };
  }
  const ticks = roundTicks(low, high);
  return { lines: ticks, labelled: new Set(ticks) };
}

/** A number of samples beside the axis: with k and M where that says all of it. */
export function tickWords(value: number): string {
  const [divisor, unit] = value % 1e6 === 0 ? [1e6, 'M'] : value % 1000 === 0 ? [1000, 'K'] : [1, ''];
  return value === 0 ? '0' : `${formatCount(value / divisor)}${unit}`;
}
