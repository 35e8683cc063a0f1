import type { RunGroup } from '../runs/group.ts';
import { moments } from '../statistics/moments.ts';
import type { Expectation, Measure } from './reproduction.ts';
import type { Verdict } from './results.ts';

/** Judges what was measured: every expectation of every measure, in their order. */
export function judge(
  measures: readonly Measure[],
  contenders: readonly { readonly label: string; readonly runs: RunGroup }[],
): Verdict[] {
  const valuesOf = (name: string, measured: string, samples: number) => {
    const runs = contenders.find(({ label }) => label === name)?.runs;
    const point = runs?.samples.indexOf(samples) ?? -1;
    const values = runs?.curves[measured]?.runs.map((run) => run[point] ?? null) ?? [];
    return new Map(values.map((value, run) => [runs?.seeds[run], value]));
  };
  return measures.flatMap(({ of, measured, expected, over = 'mean' }) =>
    expected.map((expectation) => {
      const { samples, than } = expectation;
      const own = valuesOf(of, measured, samples);
      const others = than === undefined ? undefined : valuesOf(than, measured, samples);
      const values = [...own].flatMap(([seed, value]) => {
        const other = others ? (others.get(seed) ?? null) : 0;
        return value === null || other === null ? [] : [value - other];
      });
      // A run that diverged, or has no number there, has not reached it.
      const isComplete = values.length > 0 && values.length === own.size;
      const { mean, sd } = moments(values);
      const worst = values.toSorted((a, b) => shortfall(expectation, b) - shortfall(expectation, a))[0] ?? null;
      const judged = {
        mean,
        'geometric mean': Math.exp(moments(values.map(Math.log)).mean),
        each: worst ?? Number.NaN,
        '90th percentile': percentile(values, 0.9),
      }[over];
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

/** The value below which this part of all lie, on the line between the two next to it; NaN where there are none. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = part * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(at)] ?? Number.NaN, sorted[Math.ceil(at)] ?? Number.NaN];
  return low + (at - Math.floor(at)) * (high - low);
}

/** How far a value is beyond what is allowed; zero or less where it is allowed. */
export function shortfall(expected: Expectation, value: number): number {
  if (Number.isNaN(value)) return Number.POSITIVE_INFINITY;
  if ('within' in expected) return Math.abs(value - expected.value) - expected.within;
  return 'atMost' in expected ? value - expected.atMost : expected.atLeast - value;
}
