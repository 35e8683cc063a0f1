import { isAbsolute } from 'node:path';
import { InputError } from '@apical/core';
import {
  arrayIn,
  fitRows,
  loadOwnData,
  type OwnData,
  separatorNames,
  shippedPath,
  shippedTable,
  widened,
} from '@apical/data';
import type { z } from 'zod';
import { foundIn, isOwnData, kindOf, noteFound, type OwnSettings, ownPath, ownSet } from '../config/own-data.ts';
import type { FoundTable, OwnTable, RunConfig } from '../config/run-config.ts';
import { runConfigSchema } from '../config/schema.ts';
import { isRecord } from '../config/settings.ts';
import { isSameArray } from './same-array.ts';

/** Reads the table of a run's data. @throws InputError as `loadOwnData` does, and where the files are none that can be read */
export async function readOwnData({ set, table, labels }: OwnSettings): Promise<OwnData> {
  const { target, secondView, test, testTarget, testSecondView, holdOut, seed, header, separator: named } = table;
  const separator = named === undefined ? undefined : separatorNames[named];
  const shipped = shippedTable(set);
  return loadOwnData({
    path: shipped ? shippedPath(shipped) : ownPath(set),
    ...{ target, secondView, test, testTarget, testSecondView, holdOut, seed, header, separator },
    kind: kindOf(labels),
  });
}

/**
 * Where data of one's own lie now, where they do not lie as the settings name them: samples that are learned, those held out, and the files, if
 * these are others, that have the targets or the second views of them.
 */
export interface OwnPlaces extends Partial<Pick<OwnTable, keyof typeof movedOptions>> {
  readonly data?: string;
}

/** What of a table's settings may be a file, and the option that says where it lies now. */
export const movedOptions = {
  target: '--target',
  secondView: '--second-view',
  test: '--test-data',
  testTarget: '--test-target',
  testSecondView: '--test-second-view',
} as const satisfies Partial<Record<keyof OwnTable, string>>;

/**
 * Reads the table of a run that knows it already.
 *
 * @param places where the files lie now
 * @throws InputError as `readOwnData` does, and where a file is not there
 */
export async function readAgain({ set, table, labels }: OwnSettings, { data, ...others }: OwnPlaces): Promise<OwnData> {
  const moved = { ...table, ...others };
  try {
    return await readOwnData({ set: data === undefined ? set : ownSet(data), table: moved, ...(labels && { labels }) });
  } catch (error) {
    const { code, path } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' || path === undefined) throw error;
    const [, option = '--data'] =
      Object.entries(movedOptions).find(([name]) => path === moved[name as keyof typeof movedOptions]) ?? [];
    throw new InputError(
      `${path}: there is no such file${isAbsolute(path) ? '' : ` in ${process.cwd()}`}; the settings name it from the folder in which they were made: go there, or say with ${option} where it is`,
      { cause: error },
    );
  }
}

/**
 * Reads the table that settings name, unless they say what was found in it, or it was read before; from then on configs can be checked
 * that name it.
 *
 * @param settings of a run, or others that have `data` as these have it; what is no table is passed over
 * @throws InputError as `readOwnData` does, and where `data.table` is missing or unsound
 */
export async function ensureDataOf(settings: unknown): Promise<void> {
  const data = isRecord(settings) ? settings.data : undefined;
  if (!isRecord(data) || typeof data.set !== 'string' || !isOwnData(data.set)) return;
  const { table, labels } = runConfigSchema.shape.data.shape;
  if (data.table === undefined) {
    const { target = 'NAME' } = shippedTable(data.set) ?? {};
    throw new InputError(
      `data.table: is missing: it says which column of ${data.set} is learned and what is held out: { "target": "${target}", "holdOut": 0.2 }`,
    );
  }
  const own = table.safeParse(data.table);
  if (!own.success) throw new InputError(describe(own.error.issues[0]));
  if (own.data === undefined) return;
  if (own.data.target !== undefined && own.data.secondView !== undefined) {
    throw new InputError('data.table: has both target and secondView, of which there can be one');
  }
  if (own.data.found !== undefined) return;
  const said = labels.safeParse(data.labels);
  const settingsOfTable: OwnSettings = { set: data.set, table: own.data, ...(said.success && { labels: said.data }) };
  if (foundIn(settingsOfTable)) return;
  const found = foundOf(await readOwnData(settingsOfTable));
  noteFound(settingsOfTable, found);
  noteFound({ ...settingsOfTable, labels: found.classes ? 'one-hot' : 'numbers' }, found);
  noteFound({ ...settingsOfTable, labels: 'none' }, found);
}

/** What is wrong with `data.table`. */
function describe(issue: z.core.$ZodIssue | undefined): string {
  const { path = [], message = 'is no object' } = issue ?? {};
  return `${['data.table', ...path].join('.')}: ${issue?.code === 'unrecognized_keys' ? `there is no setting ${issue.keys[0]}` : message}`;
}

/** @param places where the files lie now: see `readAgain` @throws InputError where a table is not what the run knows */
export function checkUnchanged(
  { set, table }: RunConfig['data'],
  { sha256, testSha256 }: OwnData,
  places: OwnPlaces = {},
): void {
  const { found } = table ?? {};
  const { data = ownPath(set), test = table?.test ?? '' } = places;
  for (const [name, place] of Object.entries(places) as [keyof OwnPlaces, string][]) {
    const learned = name === 'data' ? ownPath(set) : (table?.[name] ?? place);
    if (isSameArray(place, learned)) continue;
    throw new InputError(`${place}: is not the array that the run has, which is ${arrayIn(learned)}`);
  }
  const changed = found?.sha256 !== sha256 ? data : found.testSha256 !== testSha256 ? test : undefined;
  if (changed === undefined) return;
  const [was, is] = changed === test ? [found?.testSha256, testSha256] : [found?.sha256, sha256];
  const isMoved = changed === test ? places.test !== undefined : places.data !== undefined;
  if (isMoved) {
    throw new InputError(
      `${changed}: is not what the run ${changed === test ? 'held out' : 'learned'}, whose SHA-256 sum was ${was}, and that of this is ${is}; say where that lies now, or start a new run`,
    );
  }
  throw new InputError(
    `${changed}: has changed: the run has data with SHA-256 sum ${was}, and this file has ${is}; bring that file back, or start a new run`,
  );
}

function foundOf(own: OwnData): FoundTable {
  const { train, test, inputs, second, names, image, classNames, labels, labelNames, targetColumns } = own;
  const { sha256, testSha256 } = own;
  const data = widened(train.data);
  const spread = image ? undefined : differentScales(data, inputs);
  const { numbers } = train;
  const targetOffset = numbers && offsetOf(numbers, labels ?? 1);
  const targetSpread = numbers && differentScales(numbers, labels ?? 1);
  const constant = Array.from({ length: inputs }, (_, j) => j).filter((j) => isConstant(data, inputs, j));
  return {
    sha256,
    ...(testSha256 !== undefined && { testSha256 }),
    train: train.count,
    ...(test && { test: test.count }),
    inputs,
    ...(second !== undefined && { second }),
    ...(names && { columns: [...names] }),
    ...(image && { image }),
    ...(classNames && { classes: [...classNames] }),
    ...(labels !== undefined && { labels }),
    ...(labelNames && { labelNames: [...labelNames] }),
    ...(targetColumns && { targetColumns: [...targetColumns] }),
    ...(spread !== undefined && { spread }),
    ...(targetOffset !== undefined && { targetOffset }),
    ...(targetSpread !== undefined && { targetSpread }),
    ...(constant.length > 0 && { constant: constant.map((j) => names?.[j] ?? `input ${j + 1}`) }),
  };
}

/** Columns of which one varies so many times as much as another are told. */
const largeSpread = 100;

/**
 * The ratio of the largest standard deviation of a column to the smallest that is not 0, rounded to two digits; undefined where it is less than
 * 100: standardised by one mean and sd, the small ones would hardly be seen.
 */
function differentScales(data: ArrayLike<number>, columns: number): number | undefined {
  const { sd } = fitRows(data, columns, 'columns') as { readonly sd: readonly number[] };
  // Of columns that are the same in all rows the sd is put as 1.
  const varying = sd.filter((_, j) => !isConstant(data, columns, j));
  // One by one: there may be more columns than a call takes arguments.
  const [least, most] = varying.reduce(
    ([least, most], each) => [Math.min(least, each), Math.max(most, each)],
    [Number.POSITIVE_INFINITY, 0],
  );
  const ratio = most / least;
  return ratio >= largeSpread && ratio < Number.MAX_SAFE_INTEGER ? Number(ratio.toPrecision(2)) : undefined;
}

/**
 * The largest |mean| / sd of a column that is not the same in all rows, to two digits; undefined where it is less than 1: without a bias, what is
 * missed of the column is then mostly its mean.
 */
function offsetOf(data: ArrayLike<number>, columns: number): number | undefined {
  const { mean, sd } = fitRows(data, columns, 'columns') as Readonly<Record<'mean' | 'sd', readonly number[]>>;
  const ratios = mean.map((each, j) => (isConstant(data, columns, j) ? 0 : Math.abs(each) / sd[j]!));
  const largest = ratios.reduce((most, each) => Math.max(most, each), 0);
  return largest >= 1 && largest < Number.MAX_SAFE_INTEGER ? Number(largest.toPrecision(2)) : undefined;
}

function isConstant(data: ArrayLike<number>, columns: number, column: number): boolean {
  for (let i = column; i < data.length; i += columns) if (data[i] !== data[column]) return false;
  return true;
}
