import type { Expectation } from '../../reproductions/reproduction.ts';
import type { ReproductionResults, Verdict } from '../../reproductions/results.ts';
import { columnsOf } from '../columns.ts';
import { measuredName, measuredValue } from '../comparison/text.ts';
import { count } from '../numbers.ts';

/** What is expected, in words: `90.58 ± 0.60`, `at most 35`, `0.00 ± 0.50 more than backprop`. */
export function expectedWords(measured: string, expected: Expectation): string {
  const words = amountWords(measured, expected);
  return expected.than === undefined ? words : `${words} more than ${expected.than}`;
}

function amountWords(measured: string, expected: Expectation): string {
  if ('within' in expected) {
    return `${measuredValue(measured, expected.value)} ± ${measuredValue(measured, expected.within)}`;
  }
  return 'atMost' in expected
    ? `at most ${measuredValue(measured, expected.atMost)}`
    : `at least ${measuredValue(measured, expected.atLeast)}`;
}

/** Ours, in words: `90.53 ± 0.08`; of one seed without a deviation. */
export function foundWords({ measured, mean, sd }: Verdict): string {
  if (mean === null) return 'no value';
  if (sd === null || sd === 0 || Number.isNaN(sd)) return measuredValue(measured, mean);
  if (measured.startsWith('accuracy.')) return `${measuredValue(measured, mean)} ± ${measuredValue(measured, sd)}`;
  return `${Number(mean.toPrecision(4))} ± ${Number(sd.toPrecision(2))}`;
}

/** What is judged, with what it is in. */
export function judgedName({ measures }: Pick<ReproductionResults, 'measures'>, { of, measured }: Verdict): string {
  const unit = measures.find((measure) => measure.of === of && measure.measured === measured)?.unit;
  return unit === undefined ? measuredName(measured) : `${measured}, ${unit}`;
}

/** What was expected and what came of it, as plain text for a terminal. No colours, no newline at the end. */
export function formatReproduction(results: ReproductionResults): string {
  const { verdicts, contenders, quick } = results;
  if (quick || verdicts.length === 0) {
    const rows = contenders.flatMap(({ label, runs }) =>
      Object.entries(runs.curves).map(([measured, { mean }]) => [
        label,
        measuredName(measured),
        count(runs.samples.at(-1) ?? 0),
        measuredValue(measured, mean.at(-1) ?? Number.NaN),
      ]),
    );
    return columnsOf([['', 'at the end', 'samples', 'mean'], ...rows], [0, 1]).join('\n');
  }
  const rows = verdicts.map((verdict) => [
    verdict.of,
    judgedName(results, verdict),
    count(verdict.expected.samples),
    expectedWords(verdict.measured, verdict.expected),
    foundWords(verdict),
    verdict.reached ? 'reached' : 'NOT REACHED',
  ]);
  return columnsOf([['', '', 'samples', 'expected', 'here', ''], ...rows], [0, 1, 5]).join('\n');
}
