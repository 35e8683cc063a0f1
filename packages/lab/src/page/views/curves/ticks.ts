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

/** An axis of more powers of ten has lines at some of them only. */
const mostDecades = 10;

/**
 * The ticks from `low` to `high`, both positive. Powers of ten have numbers where two of them are in the range; otherwise 1, 2 and 5
 * times them, where there are two of those; and otherwise the multiples of a round step.
 */
export function logarithmicTicks(low: number, high: number): LogarithmicTicks {
  const decades = Math.log10(high / low);
  if (decades > mostDecades) {
    const every = Math.ceil(decades / mostDecades);
    const [first, last] = [Math.ceil(Math.log10(low)), Math.floor(Math.log10(high))];
    const powers = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    const lines = powers.filter((power) => power % every === 0).map((power) => 10 ** power);
    return { lines, labelled: new Set(lines) };
  }
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

/** A number of samples beside the axis: with k and M where that says all of it; with the decimals that its neighbours need. */
export function tickWords(value: number, decimals = 0): string {
  const [divisor, unit] = value % 1e6 === 0 ? [1e6, 'M'] : value % 1000 === 0 ? [1000, 'K'] : [1, ''];
  return value === 0 ? '0' : `${(value / divisor).toLocaleString('en', { maximumFractionDigits: decimals })}${unit}`;
}

/** How many decimals tell the multiples of a step apart. */
export function decimalsOf(ticks: readonly number[]): number {
  const [first = 0, second = first] = ticks;
  const step = Math.abs(second - first);
  return step > 0 ? Math.max(0, -Math.floor(Math.log10(step) + 1e-6)) : 0;
}

/** Values beside a linear axis: with as many decimals as their step needs, so that no two are written alike. */
export function valueWords(ticks: readonly number[]): string[] {
  const largest = Math.max(...ticks.map(Math.abs));
  const decimals = decimalsOf(ticks);
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  const digits = largest > 0 && step > 0 ? Math.max(0, Math.ceil(Math.log10(largest / step) - 1e-6)) : 0;
  const write = (value: number) => {
    if (value === 0) return '0';
    return largest >= 1e5 || largest < 1e-4 ? value.toExponential(digits) : value.toFixed(decimals);
  };
  return ticks.map((value) => write(value).replaceAll('-', '−'));
}

/** Values beside a logarithmic axis; undefined where a line has no number. */
export function powerWords(lines: readonly number[], labelled: ReadonlySet<number>): (string | undefined)[] {
  const write = (value: number) =>
    value >= 1e5 || value < 1e-4 ? value.toExponential().replace('e+', 'e') : String(Number(value.toPrecision(12)));
  return lines.map((value) => (labelled.has(value) ? write(value).replaceAll('-', '−') : undefined));
}
