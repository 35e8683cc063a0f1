import type { Comparison, Difference } from '../../compare/results.ts';
import { type ObjectiveKind, objectiveOfRun, objectiveTitle } from '../../config/loss-of.ts';
import { readingWords } from '../../config/reading-words.ts';
import { columnsOf } from '../columns.ts';
import { isNumbered } from '../numbered-readings.ts';

/** A value as tables have it: accuracies in per cent. */
export function measuredValue(measured: string, value: number): string {
  if (!Number.isFinite(value)) return '–';
  return measured.startsWith('accuracy.') ? (100 * value).toFixed(2) : readingWords(value);
}

/** "−0.0012 … 0.0034"; a dash where there is no interval. */
function intervalWords({ measured, interval }: Difference): string {
  return interval === null ? '–' : interval.map((end) => measuredValue(measured, end)).join(' … ');
}

/** What is measured, with its unit; the objective by the loss that it is the mean of. */
export function measuredName(measured: string, kind: ObjectiveKind = 'squared'): string {
  if (measured === 'objective') return objectiveTitle(kind);
  return measured.startsWith('accuracy.') ? `${measured}, %` : measured;
}

/** What the objective of a contender is. */
function objectiveOfContender({ contenders }: Pick<Comparison, 'contenders'>, label: string): ObjectiveKind {
  const config = contenders.find((contender) => contender.label === label)?.runs.config;
  return config ? objectiveOfRun(config) : 'squared';
}

/** Between which contenders, of what, the mean with its interval, and of how many pairs. */
export function differenceCells(comparison: Comparison, difference: Difference): string[] {
  const { of, minus, measured, mean, seeds } = difference;
  return [
    `${of} − ${minus}`,
    measuredName(measured, objectiveOfContender(comparison, of)),
    measuredValue(measured, mean),
    intervalWords(difference),
    String(seeds.length),
  ];
}

/**
 * A comparison as plain text for a terminal: what each came to, then the differences with their intervals. No colours, no newline at
 * the end.
 */
export function formatComparisonTable(comparison: Comparison): string {
  const { contenders, differences, confidence } = comparison;
  const finals = contenders.flatMap(({ label, final, runs: { config } }) =>
    Object.entries(final).map(([measured, { mean, sd, runs }]) => [
      label,
      measuredName(measured, objectiveOfRun(config)),
      measuredValue(measured, mean),
      measuredValue(measured, sd),
      String(runs.filter((value) => value !== null).length),
    ]),
  );
  const rows = differences
    .filter(({ measured }) => !isNumbered(measured))
    .map((difference) => differenceCells(comparison, difference));
  return [
    ...columnsOf([['', 'at the end', 'mean', 'sd', 'seeds'], ...finals], [0, 1]),
    '',
    ...columnsOf([['difference', '', 'mean', `${100 * confidence} % interval`, 'pairs'], ...rows], [0, 1]),
  ].join('\n');
}
