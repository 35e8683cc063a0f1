import {
  type ComparedRun,
  compareSettings,
  objectiveOfRun,
  parseCondition,
  type Ranking,
  type RunStatus,
  rankings,
  type Settings,
  unmetComparisons,
} from '@apical/experiments';
import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LoadedCurve } from '../studies/curve.ts';
import { defaultRoute, type StudiesRoute } from '../studies/route.ts';
import type { Connection } from '../studies/run-events.ts';
import type { RunRow } from '../studies/run-row.ts';

/** A run as it is compared: by the metric that is chosen. */
export interface RankedRun extends ComparedRun {
  readonly row: RunRow;
}

/** What is shown of the runs that the server watches. Views read it; only store/run-studies.ts writes it. */
export interface Studies {
  readonly connection: Signal<Connection>;
  readonly hasLooked: Signal<boolean>;
  readonly problem: Signal<string | undefined>;
  readonly route: Signal<StudiesRoute>;
  readonly rows: Signal<readonly RunRow[]>;
  /** All that rows have, by name, and what of the settings differs between them. */
  readonly names: Signal<readonly string[]>;
  readonly differing: Signal<readonly string[]>;
  /** The results that runs have, by name. */
  readonly results: Signal<readonly string[]>;
  readonly curves: Signal<ReadonlyMap<string, LoadedCurve>>;
  /** Those for which the condition holds, or what is wrong with it: then all. Why it holds for none, as far as that can be said. */
  readonly filtered: ReadonlySignal<{
    readonly rows: readonly RunRow[];
    readonly problem?: string;
    readonly unmet?: readonly string[];
  }>;
  /** They in the order chosen. */
  readonly sorted: ReadonlySignal<readonly RunRow[]>;
  readonly counts: ReadonlySignal<ReadonlyMap<RunStatus, number>>;
  /** By what settings can be ranked. */
  readonly metrics: ReadonlySignal<readonly string[]>;
  /** The settings of the filtered runs, the best first: those of every length, and of other data, apart. */
  readonly rankings: ReadonlySignal<readonly Ranking<RankedRun>[]>;
  /** Of the data of which there are most: the one of the length that is chosen, or of most settings; undefined where none can be ranked. */
  readonly ranking: ReadonlySignal<Ranking<RankedRun> | undefined>;
}

export function createStudies(): Studies {
  const route = signal(defaultRoute);
  const rows = signal<readonly RunRow[]>([]);
  const names = signal<readonly string[]>([]);
  const results = signal<readonly string[]>([]);
  const hasLooked = signal(false);
  const where = computed(() => route.value.where);
  const order = computed(() => route.value.sort);
  const metric = computed(() => route.value.metric);
  const goal = computed(() => route.value.goal);
  const filtered = computed(() => {
    if (where.value.trim() === '') return { rows: rows.value };
    try {
      // Before all is read, a name may be yet to come.
      const condition = parseCondition(where.value, hasLooked.value ? names.value : undefined);
      const found = rows.value.filter(({ values }) => condition.holds(values));
      if (found.length > 0) return { rows: found };
      return {
        rows: found,
        unmet: unmetComparisons(
          condition,
          rows.value.map(({ values }) => values),
        ),
      };
    } catch (error) {
      return { rows: rows.value, problem: (error as Error).message };
    }
  });
  const ranked = computed(() => {
    // With all seeds, whether these are shown or not: those left out may be the bad ones.
    const shown = new Set(filtered.value.rows.map(({ group }) => group));
    const runs = rows.value.filter(({ group }) => shown.has(group));
    return rankings(
      runs.flatMap((row) => rankedRun(row, metric.value)),
      goal.value,
    );
  });
  return {
    connection: signal<Connection>('connecting'),
    hasLooked,
    problem: signal<string | undefined>(undefined),
    route,
    rows,
    names,
    results,
    differing: signal<readonly string[]>([]),
    curves: signal<ReadonlyMap<string, LoadedCurve>>(new Map()),
    filtered,
    sorted: computed(() => sortRows(filtered.value.rows, order.value)),
    counts: computed(() => countByStatus(filtered.value.rows)),
    metrics: computed(() => ['objective', ...results.value.filter((name) => name.startsWith('accuracy.'))]),
    rankings: ranked,
    ranking: computed(() => {
      const [first] = ranked.value;
      const chosen = ranked.value.find((each) => {
        return each.criterion === first?.criterion && each.samples === route.value.length;
      });
      return chosen ?? first;
    }),
  };
}

function sortRows(rows: readonly RunRow[], { by, descending }: StudiesRoute['sort']): readonly RunRow[] {
  return rows.toSorted((a, b) => {
    const [first, second] = [a.values[by], b.values[by]];
    const difference = compareSettings(first, second);
    // What is not there comes last, either way.
    return descending && first !== undefined && second !== undefined ? -difference : difference;
  });
}

function countByStatus(rows: readonly RunRow[]): ReadonlyMap<RunStatus, number> {
  const counts = new Map<RunStatus, number>();
  for (const { status } of rows) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
}

function rankedRun(row: RunRow, metric: string): RankedRun[] {
  const { group, status, settings, values } = row;
  if (status === 'damaged') return [];
  const value = values[metric];
  const isValue = status === 'finished' && typeof value === 'number' && Number.isFinite(value);
  const { samples, seed } = settings;
  const criterion = criterionOf(settings, metric);
  return [{ row, group, seed: Number(seed), samples: Number(samples), criterion, value: isValue ? value : undefined }];
}

/** What makes the data and the target of a run, and what its objective is of. */
const dataSettings = ['data.set', 'data.table.target', 'data.table.secondView', 'data.table.found.sha256'];
const labelSettings = ['data.labels', 'data.labelInputs'];

/** What a value is of: those of different data are not ranked together, and mean losses not where they are of different labels or losses. */
function criterionOf(settings: Settings, metric: string): string {
  const isLoss = metric === 'objective' || metric === 'held-out';
  const names = [...dataSettings, ...(isLoss ? labelSettings : [])];
  return JSON.stringify([...names.map((name) => settings[name] ?? null), ...(isLoss ? [objectiveOf(settings)] : [])]);
}

/** What is made small: the loss that the run has, whether its settings say it or it follows from others. */
function objectiveOf(settings: Settings): string {
  const { rule, output, loss, 'ruleModule.path': path, 'ruleModule.sha256': sha256 } = settings;
  const ruleModule = path !== undefined && { ruleModule: { path, sha256 } };
  return objectiveOfRun({
    rule,
    ...ruleModule,
    ...(output != null && { output }),
    ...(loss != null && { loss }),
  } as ObjectiveRun);
}

type ObjectiveRun = Parameters<typeof objectiveOfRun>[0];
