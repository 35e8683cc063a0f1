import type { Comparison, Difference } from '../../compare/results.ts';
import { columnsOf } from '../columns.ts';

/** A value as tables have it: accuracies in per cent. */
export function measuredValue(measured: string, value: number): string {
  if (!Number.isFinite(value)) return '–';
  return measured.startsWith('accuracy.') ? (100 * value).toFixed(2) : shortest(value);
}

/** "−0.0012 … 0.0034"; a dash where there is no interval. */
export function intervalWords({ measured, interval }: Difference): string {
  return interval === null ? '–' : interval.map((end) => measuredValue(measured, end)).join(' … ');
}

/** What is measured, with its unit. */
export function measuredName(measured: string): string {
  return measured.startsWith('accuracy.') ? `${measured}, %` : measured;
}

/**
 * A comparison as plain text for a terminal: what each came to, then the differences with their intervals. No colours, no newline at
 * the end.
 */
export function formatComparisonTable({ contenders, differences, confidence }: Comparison): string {
  const finals = contenders.flatMap(({ label, final }) =>
    Object.entries(final).map(([measured, { mean, sd, runs }]) => [
      label,
      measuredName(measured),
      measuredValue(measured, mean),
      measuredValue(measured, sd),
      String(runs.filter((value) => value !== null).length),
    ]),
  );
  const rows = differences.map((difference) => [
    `${difference.of} − ${difference.minus}`,
    measuredName(difference.measured),
    measuredValue(difference.measured, difference.mean),
    intervalWords(difference),
    String(difference.seeds.length),
  ]);
  return [
    ...columnsOf([['', 'at the end', 'mean', 'sd', 'seeds'], ...finals], [0, 1]),
    '',
    ...columnsOf([['difference', '', 'mean', `${100 * confidence} % interval`, 'pairs'], ...rows], [0, 1]),
  ].join('\n');
}

/** Five significant digits, without trailing noise. */
function shortest(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(3) : String(Number(value.toPrecision(5)));
}
