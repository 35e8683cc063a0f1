import type { RunGroup } from '../runs/group.ts';
import { moments } from '../statistics/moments.ts';
import type { Expectation, Measure } from './reproduction.ts';
import type { Verdict } from './results.ts';

/** Judges what was measured: every expectation of every measure, in their order. */
export function judge(
  measures: readonly Measure[],
  contenders: readonly { readonly label: string; readonly runs: RunGroup }[],
): Verdict[] {
  return measures.flatMap(({ of, measured, expected, over = 'mean' }) =>
    expected.map((expectation) => {
      const runs = contenders.find(({ label }) => label === of)?.runs;
      const point = runs?.samples.indexOf(expectation.samples) ?? -1;
      const values = runs?.curves[measured]?.runs.flatMap((run) => run[point] ?? []) ?? [];
      // A run that diverged, or has no number there, has not reached it.
      const isComplete = values.length > 0 && values.length === runs?.seeds.length;
      const { mean, sd } = moments(values);
      const worst = values.toSorted((a, b) => shortfall(expectation, b) - shortfall(expectation, a))[0] ?? null;
      const judged = over === 'each' ? (worst ?? Number.NaN) : mean;
      const reached = isComplete && shortfall(expectation, judged) <= 0;
      const known = values.length > 0;
      return {
        of,
        measured,
        expected: expectation,
        mean: known ? mean : null,
        sd: Number.isNaN(sd) ? null : sd,
        worst,
        reached,
      };
    }),
  );
}

/** How far a value is beyond what is allowed; zero or less where it is allowed. */
export function shortfall(expected: Expectation, value: number): number {
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  if ('within' in expected) return Math.abs(value - expected.value) - expected.within;
  return 'atMost' in expected ? value - expected.atMost : expected.atLeast - value;
}
