import { InputError } from '@apical/core';
import { isNameLike, isNumeric, shortened, shown } from './csv-cells.ts';
import type { Cells } from './growing-cells.ts';
import type { NumericArray } from './numeric-array.ts';

/** Whether a first line names columns. */
export function isNaming(cells: readonly string[], names: ReadonlyMap<string, number>): boolean {
  if (cells.some((cell) => isNumeric(cell) || cell === '')) return false;
  // One after the other, they are no classes of a sample, but columns of one-hot rows.
  if (cells.some((cell) => names.has(cell))) return cells.length > 1 && new Set(cells).size === cells.length;
  return cells.some(isNameLike);
}

/** Whether a first line is whole numbers that ascend by one: from 0, as pandas calls columns without names, or three others at least, such as years. */
export function isRun(cells: readonly string[]): boolean {
  const first = Number(cells[0]);
  return (first === 0 || cells.length > 2) && cells.every((cell, i) => cell === String(first + i));
}

/**
 * Whether such a first line names columns: where rows are counted they say it, and 0, 1, 2, … does of more than two columns.
 *
 * @param rows how many there should be, where that is known
 * @throws InputError where it could be either
 */
export function isCounted(
  { count, columns }: { readonly count: number; readonly columns: number },
  heading: readonly string[],
  rows: number | undefined,
  place: string,
): boolean {
  if (count === rows) return false;
  if (count - 1 === rows) return true;
  if (heading[0] !== '0') return false;
  if (columns !== 2) return columns > 2 && count > 1;
  throw new InputError(
    `${place} is 0, 1: is that a row of numbers, or the names that pandas gives to columns without names? Say it: --no-header or --header, or the option header`,
  );
}

/**
 * A first line of three whole numbers or more that ascend by one is a row where all others are alike; else it may be names, such as those of years.
 * @param table all rows, the first among them
 * @throws InputError there
 */
export function refuseRun(heading: readonly string[], { shape, data }: NumericArray, place: string): void {
  const [rows = 0, columns = 0] = shape;
  if (rows < 2 || heading[0] === '0' || !isRun(heading)) return;
  // Without what is learned, steps may be wider.
  const isAlike = (value: number, at: number) => {
    const column = at % columns;
    return value - data[at - column]! === data[column]! - data[0]!;
  };
  if ((data as Float64Array).every(isAlike)) return;
  const told = `${heading.slice(0, 3).join(', ')}${heading.length > 3 ? ', …' : ''}`;
  throw new InputError(
    `${place} is ${told}: is that a row of numbers, or the names of columns? Say it: --no-header or --header, or the option header`,
  );
}

/**
 * A first line with numbers in it is a row, but for one whose target is a text that no other row has: it may name columns that are called by numbers.
 * @throws InputError there
 */
export function refuseUnclear({ kinds, codes }: Extract<Cells, { kinds: readonly string[] }>, place: string): void {
  const [first = 0] = codes;
  const name = kinds[first] ?? '';
  const isAlone = codes.length > 2 && kinds.length < codes.length && codes.indexOf(first, 1) < 0;
  if (!isAlone || !isNameLike(name)) return;
  throw new InputError(
    `${place} has ${shown(name)}, which no other line has: does it name the columns, or is it a row? Say it: --header or --no-header, or the option header`,
  );
}

/** pandas writes an index before the first column, and no name for it. @throws InputError */
export function refuseIndex([first, ...others]: readonly string[], place: string): void {
  const named = others.length > 0 && others.every((cell) => cell !== '' && !isNumeric(cell));
  const counted = others.length > 0 && others.every((cell, i) => cell === String(i));
  const isIndex = first === '' ? named || counted : first === 'Unnamed: 0' && named;
  if (!isIndex) return;
  throw new InputError(
    `${place}, column 1 has no name: it is the index that pandas and R write, not numbers of the samples; save without it: to_csv(index=False), write.csv(row.names = FALSE)`,
  );
}

/** Which columns are learned. */
export interface WantedColumns {
  /** One by its name or, from 1 on, number, of which −1 is the last; several with commas between them. */
  readonly target: string;
  /** What they were called in a table like this one: where there are names, they are found by these alone. */
  readonly targetNames?: readonly string[] | undefined;
}

/**
 * The places of the columns that are learned.
 *
 * @param columns their names, or how many there are
 * @param firstLine what stands in line 1, where that was not taken for names
 * @throws InputError where there is none of the name, or there are two
 */
export function placesOf(
  { target, targetNames }: WantedColumns,
  columns: readonly string[] | number,
  source: string,
  firstLine: readonly string[] = [],
): readonly number[] {
  if (targetNames && typeof columns !== 'number') return targetNames.map((name) => placeNamed(name, columns, source));
  const whole = placeOf(target, columns, source);
  if (whole !== undefined) return [whole];
  const parts = target.split(',');
  const places = parts.map((part) => {
    const place = placeOf(part, columns, source);
    if (place !== undefined) return place;
    throw new InputError(`${source}: ${noColumn(parts.length > 1 ? part.trim() : target, columns, firstLine)}`);
  });
  const twice = parts.find((_, i) => places.indexOf(places[i]!) !== i);
  if (twice !== undefined) throw new InputError(`${source}: the target ${twice.trim()} is named twice`);
  return places;
}

/**
 * `placesOf` in a table that may lack what is learned: none where it does, because its header has none of the names, or it has no more columns
 * than there are inputs.
 */
export function placesIfThere(
  wanted: WantedColumns,
  columns: readonly string[] | number,
  inputs: number,
  source: string,
  firstLine: readonly string[] = [],
): readonly number[] {
  const { target, targetNames } = wanted;
  const [names, count] = typeof columns === 'number' ? [[], columns] : [columns, columns.length];
  const words = targetNames ?? [target, ...target.split(',')].map((word) => word.trim());
  const isNamed = words.some((word) => names.includes(word));
  const isNumbered =
    names.length === 0 || (!targetNames && target.split(',').every((word) => /^\s*-?\d+\s*$/.test(word)));
  return isNamed || (isNumbered && count > inputs) ? placesOf(wanted, columns, source, firstLine) : [];
}

/** @throws InputError where two inputs are called alike: columns are told apart by their names. @param targets the places of what is no input */
export function refuseTwins(names: readonly string[], targets: readonly number[], place: string): void {
  const first = new Map<string, number>();
  for (const [i, name] of names.entries()) {
    if (!isNameLike(name) || targets.includes(i)) continue;
    const other = first.get(name);
    if (other !== undefined) {
      throw new InputError(
        `${place}: columns ${other + 1} and ${i + 1} are both called ${name}: give one another name`,
      );
    }
    first.set(name, i);
  }
}

function placeOf(target: string, columns: readonly string[] | number, source: string): number | undefined {
  const name = target.trim();
  if (typeof columns !== 'number' && columns.includes(name)) return placeNamed(name, columns, source);
  const count = typeof columns === 'number' ? columns : columns.length;
  const number = /^-?\d+$/.test(name) ? Number(name) : 0;
  if (number === 0 || Math.abs(number) > count) return undefined;
  return number > 0 ? number - 1 : count + number;
}

/** @throws InputError where there is no column of the name, or there are two */
function placeNamed(name: string, columns: readonly string[], source: string): number {
  const place = columns.indexOf(name);
  if (place < 0) throw new InputError(`${source}: ${noColumn(name, columns, [])}`);
  const other = columns.indexOf(name, place + 1);
  if (other < 0) return place;
  throw new InputError(
    `${source}: columns ${place + 1} and ${other + 1} are both called ${name}: name the target by its number`,
  );
}

/** More names of columns than this are not told. */
const mostTold = 12;

function noColumn(target: string, columns: readonly string[] | number, firstLine: readonly string[]): string {
  if (typeof columns === 'number') {
    const what = `has no column ${target}: it has no header, and columns are 1 to ${columns}`;
    const isThere = firstLine.includes(target.trim());
    return `${what}; ${isThere ? '--header: line 1 is one' : '--target NUMBER says which of them it is'}`;
  }
  const more = columns.length > mostTold ? `, … (${columns.length} columns)` : '';
  const isWhole = columns.length === 1 && /[\s|,;:]/.test(columns[0]!);
  const hint = isWhole ? ': is it one column? Commas, semicolons and tabs separate cells; --separator says which' : '';
  return `has no column ${target}; there are ${columns.slice(0, mostTold).map(shortened).join(', ')}${more}${hint}`;
}
