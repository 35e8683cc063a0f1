import { moments } from '../statistics/moments.ts';

/** A run as it is compared with others. */
export interface ComparedRun {
  /** The same for runs that differ in their seeds alone. */
  readonly group: string | number;
  /** How many samples it is to learn. */
  readonly samples: number;
  /** Whether it has ended: it learned them all, or diverged. */
  readonly hasEnded: boolean;
  /** What it came to; absent if it diverged, has not ended, or was not measured. */
  readonly value: number | undefined;
}

/** What came of settings, over the seeds. */
export interface SettingsResult<Run extends ComparedRun> {
  /** One a seed. */
  readonly runs: readonly Run[];
  readonly mean: number;
  readonly sd: number;
}

/**
 * The settings whose runs all came to a value, the best mean first: as a study ranks its trials, of those only that learned as
 * many samples as the most.
 */
export function bestSettings<Run extends ComparedRun>(
  runs: readonly Run[],
  goal: 'min' | 'max',
): SettingsResult<Run>[] {
  const most = runs.reduce((samples, run) => (run.hasEnded ? Math.max(samples, run.samples) : samples), 0);
  const groups = Map.groupBy(
    runs.filter(({ samples }) => samples === most),
    ({ group }) => group,
  );
  const results = [...groups.values()].flatMap((members) => {
    const values = members.flatMap(({ value }) => value ?? []);
    return values.length < members.length ? [] : [{ runs: members, ...moments(values) }];
  });
  return results.sort((a, b) => (goal === 'min' ? a.mean - b.mean : b.mean - a.mean));
}
