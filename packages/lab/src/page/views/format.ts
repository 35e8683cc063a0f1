import { objectiveWords } from '@apical/experiments';

const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 100000 → "100,000". */
export function formatCount(count: number): string {
  return counts.format(count);
}

/** `1 sample`, `2,000 samples`. */
export function countWords(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** About three digits, with k and M for thousands and millions. */
export function formatShort(value: number): string {
  return value.toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 3 });
}

/** A value of an objective, as the command says it. */
export function formatObjective(value: number | undefined): string {
  return value === undefined ? '–' : objectiveWords(value);
}

/** A share of samples, as the command says it. */
export function formatShare(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** A learning rate or another positive number, with at most three significant digits. */
export function formatRate(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return rounded !== 0 && (rounded < 1e-3 || rounded >= 1e4)
    ? rounded.toExponential().replace('e+', 'e')
    : String(rounded);
}

/** A signal or a weight, with three significant digits. */
export function formatValue(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e4 ? value.toExponential(1) : String(Number(value.toPrecision(3)));
  return text.replaceAll('-', '−');
}
