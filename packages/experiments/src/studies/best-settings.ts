import { moments } from '../statistics/moments.ts';

/** A run as it is compared with others. */
export interface ComparedRun {
  /** The same for runs that differ in their seeds alone. */
  readonly group: string | number;
  readonly seed: number;
  /** How many samples it is to learn: the same for all runs of a group. */
  readonly samples: number;
  /** What its value is of, such as the data that it learned: values of others are not compared with it. Default: the same as that of others. */
  readonly criterion?: string;
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

/** The settings whose runs have one criterion and learned the same number of samples, the best first. */
export interface Ranking<Run extends ComparedRun> {
  readonly samples: number;
  readonly criterion?: string;
  readonly results: readonly SettingsResult<Run>[];
}

/**
 * Ranks the settings whose runs all came to a value, by their means: those of each criterion and length apart, for only runs that learned
 * the same data and as many samples can be compared. Those with most settings come first, of equal ones the longer.
 */
export function rankings<Run extends ComparedRun>(runs: readonly Run[], goal: 'min' | 'max'): Ranking<Run>[] {
  const results = [...Map.groupBy(runs, ({ group }) => group).values()].flatMap((all) => {
    const members = oncePerSeed(all);
    const values = members.flatMap(({ value }) => value ?? []);
    return values.length < members.length ? [] : [{ runs: members, ...moments(values) }];
  });
  const keyOf = ({ samples, criterion }: Run) => JSON.stringify([samples, criterion]);
  return [...Map.groupBy(results, ({ runs: [run] }) => keyOf(run!)).values()]
    .map((alike) => ({ alike, of: alike[0]!.runs[0]! }))
    .map(({ alike, of: { samples, criterion } }) => ({
      samples,
      ...(criterion !== undefined && { criterion }),
      results: alike.sort((a, b) => (goal === 'min' ? a.mean - b.mean : b.mean - a.mean)),
    }))
    .sort((a, b) => b.results.length - a.results.length || b.samples - a.samples);
}

/** Runs of equal settings and seeds are one run, wherever they were done: of them the one that came to a value. */
function oncePerSeed<Run extends ComparedRun>(runs: readonly Run[]): Run[] {
  const seeds = Map.groupBy(runs, ({ seed }) => seed);
  return [...seeds.values()].map((same) => same.find(({ value }) => value !== undefined) ?? same[0]!);
}
