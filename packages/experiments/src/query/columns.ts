import type { Settings } from '../config/settings.ts';

/** All names that rows have, in the order in which they come. */
export function settingNames(rows: Iterable<Settings>): string[] {
  const names = new Set<string>();
  for (const row of rows) for (const name in row) names.add(name);
  return [...names];
}

/** Those of the names (of all that there are) whose settings are not the same in all rows. */
export function differingNames(rows: readonly Settings[], names: readonly string[] = settingNames(rows)): string[] {
  const [first] = rows;
  return names.filter((name) => rows.some((row) => !isSame(row[name], first?.[name])));
}

/** Whether two settings are the same; lists are, whose entries are. */
function isSame(a: unknown, b: unknown): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
}

/** The order of two settings: numbers by size, texts by letters; what is not there comes last. */
export function compareSettings(a: unknown, b: unknown): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : Number(String(a) > String(b));
}
