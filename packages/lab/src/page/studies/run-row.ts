import type { PackedRuns, RunStatus, Settings } from '@apical/experiments';
import { unpackRuns } from '@apical/experiments';

/** A run as the table has it. */
export interface RunRow {
  readonly name: string;
  readonly status: RunStatus;
  readonly settings: Settings;
  /** All that conditions and columns can name: `run`, `status`, settings and results. */
  readonly values: Settings;
  /** The same for runs that differ in their seeds alone. */
  readonly group: string;
}

/** The runs that the server tells of. */
export function rowsOf(packed: PackedRuns): RunRow[] {
  return unpackRuns(packed).map(({ name, status, settings, results }) => ({
    name,
    status,
    settings,
    values: { run: name, status, ...settings, ...results },
    group: groupOf(settings),
  }));
}

function groupOf({ seed: _, ...settings }: Settings): string {
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `results/rates/runs/ab/abcdef…` → `results/rates/abcdef12`: a run of a study has a long name that says nothing. */
export function shortName(name: string): string {
  return name.replace(/(^|\/)runs\/[^/]{2}\/([0-9a-f]{8})[0-9a-f]{12}$/, '$1$2');
}
