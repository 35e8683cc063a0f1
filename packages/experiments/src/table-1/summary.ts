import { groupOf, type RunGroup } from '../runs/group.ts';
import { hasDiverged, type RunOutcome } from '../runs/result.ts';
import { moments } from '../statistics/moments.ts';
import { goals } from './paper.ts';
import { type Accuracy, type MethodResults, methods, type Verdict, type WidthResults, widths } from './results.ts';

/** What some runs of one method at one width came to; undefined where there are none. */
export function methodResults(outcomes: readonly RunOutcome[], reasons: readonly string[]): MethodResults | undefined {
  if (outcomes.length === 0) return undefined;
  const runs = groupOf(outcomes);
  const ended = outcomes.map((outcome) => !hasDiverged(outcome));
  const final = (name: string) => finalAccuracy(runs, name, ended);
  return { train: final('train'), test: final('test'), test50k: final('test50k'), reasons: [...reasons], runs };
}

function finalAccuracy({ curves }: RunGroup, name: string, ended: readonly boolean[]): Accuracy {
  const shares = ended.map((end, run) => (end ? (curves[`accuracy.${name}`]?.runs[run]?.at(-1) ?? null) : null));
  const runs = shares.map((share) => (share === null ? null : 100 * share));
  const { mean, sd } = moments(runs.flatMap((value) => value ?? []));
  return { mean: Number.isNaN(mean) ? null : mean, sd: Number.isNaN(sd) ? null : sd, runs };
}

/** Whether the means reach what the table needs. A method of which a run diverged does not. */
export function verdictsOf(results: Partial<Record<(typeof widths)[number], WidthResults>>): Verdict[] {
  return widths.flatMap((width) =>
    methods.flatMap((method) => {
      const found = results[width]?.[method];
      if (found === undefined) return [];
      return (['train', 'test'] as const).map((on): Verdict => {
        const { mean, runs } = found[on];
        const atLeast = goals[width][method][on];
        return {
          width,
          method,
          on,
          mean,
          atLeast,
          reached: mean !== null && mean >= atLeast && runs.every((value) => value !== null),
        };
      });
    }),
  );
}
