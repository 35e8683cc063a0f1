import { settingNames } from '../query/columns.ts';
import type { RunStatus, WatchedRun } from './watched-run.ts';

/** A run as others are told of it: without the folder that it is in. */
export type ToldRun = Omit<WatchedRun, 'directory'>;

/** Runs as a table, which is shorter than an object a run: the names of settings and results, and a row a run. */
export interface PackedRuns {
  readonly settings: readonly string[];
  readonly results: readonly string[];
  /** The name, the status, then the settings and results; null for what a run has not. */
  readonly rows: readonly (readonly [name: string, status: RunStatus, ...values: unknown[]])[];
}

export function packRuns(runs: readonly ToldRun[]): PackedRuns {
  const settings = settingNames(runs.map((run) => run.settings));
  const results = settingNames(runs.map((run) => run.results));
  const rows = runs.map(
    (run) =>
      [
        run.name,
        run.status,
        ...settings.map((name) => run.settings[name] ?? null),
        ...results.map((name) => run.results[name] ?? null),
      ] as const,
  );
  return { settings, results, rows };
}

export function unpackRuns({ settings, results, rows }: PackedRuns): ToldRun[] {
  return rows.map(([name, status, ...values]) => ({
    name,
    status,
    settings: record(settings, values, 0),
    results: record(results, values, settings.length),
  }));
}

function record(names: readonly string[], values: readonly unknown[], first: number): Record<string, unknown> {
  const entries = names.map((name, i) => [name, values[first + i]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== null));
}
