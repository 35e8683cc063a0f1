import { isSynthetic, shippedTable, standardInput } from '@apical/data';
import type { FoundTable, OwnTable, RunConfig } from './run-config.ts';

/** What the name of a data set begins with that is a table of one's own. */
const prefix = 'file:';

/** Whether the name of a data set is that of a table of one's own, or one that comes with the program, which is treated alike. */
export function isOwnData(set: string): boolean {
  return (set.startsWith(prefix) && set.length > prefix.length) || shippedTable(set) !== undefined;
}

/** Whether the name of a data set is that of samples that are numbers, not images: a table of one's own, or generated data. */
export function isNumberData(set: string): boolean {
  return isOwnData(set) || isSynthetic(set);
}

/** The name, as a data set, of a table. */
export function ownSet(path: string): string {
  return prefix + path;
}

/** Where a table of one's own is; the name of one that comes with the program. */
export function ownPath(set: string): string {
  return set.startsWith(prefix) ? set.slice(prefix.length) : set;
}

/** A data set by its name, as messages have it: a table by its path, or as standard input. */
export function dataWords(set: string): string {
  const path = ownPath(set);
  return path === standardInput ? 'standard input' : path;
}

/** The data of a run, as far as it says which table is read and how. */
export type OwnSettings = Pick<RunConfig['data'], 'set'> & {
  readonly table: Omit<OwnTable, 'found'>;
  readonly labels?: RunConfig['data']['labels'];
};

/** What was found in tables that were read in this thread. */
const noted = new Map<string, FoundTable>();

/** Notes what was found, so that configs can be checked that do not say it. */
export function noteFound(settings: OwnSettings, found: FoundTable): void {
  noted.set(keyOf(settings), found);
}

/** What was found in a table, if it was read. */
export function foundIn(settings: OwnSettings): FoundTable | undefined {
  return noted.get(keyOf(settings));
}

/** Whether labels say that a target is classes or numbers. */
export function kindOf(labels: RunConfig['data']['labels'] | undefined): 'classes' | 'numbers' | undefined {
  if (labels === undefined) return undefined;
  return labels === 'numbers' ? 'numbers' : 'classes';
}

function keyOf({ set, table, labels }: OwnSettings): string {
  const { target, secondView, test, testTarget, testSecondView, holdOut, seed, header, separator } = table;
  const views = [target, secondView, test, testTarget, testSecondView];
  return JSON.stringify([set, ...views, holdOut, seed, header, separator, kindOf(labels)]);
}
