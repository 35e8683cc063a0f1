import { InputError } from '@apical/core';
import type { LabelledTable } from './labelled-table.ts';

/** What is to be learned of some samples: classes, or numbers. */
export interface Targets {
  /** The number of each sample's class, and their names. */
  readonly classes?: Uint16Array;
  readonly classNames?: readonly string[];
  /** A number a sample. */
  readonly numbers?: Float32Array;
}

/** Whether targets are meant to be classes or numbers. */
export type TargetKind = 'classes' | 'numbers';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** Whole numbers of more kinds than this are no classes, unless it is said. */
const mostNumbered = 100;
const mostClasses = 1000;

/**
 * What the target column of a table is. Texts are classes. Whole numbers are classes if they are of at most 100 kinds, and at most half
 * as many as there are samples; other numbers are numbers to regress on. `kind` says it instead.
 *
 * Classes are in the order that the data say, or else that of their names, which for numbers is that of the numbers.
 *
 * @throws InputError where all are alike, for texts that are to be numbers, and where classes are too many
 */
export function targetsOf(table: LabelledTable, kind?: TargetKind): Targets {
  const { path, target, cells, rows } = table;
  const isNumeric = cells.every((cell) => decimal.test(cell));
  const kinds = kindsOf(cells, isNumeric);
  const isWhole = isNumeric && cells.every((cell) => Number.isSafeInteger(Number(cell)));
  const isFew = kinds <= mostNumbered && 2 * kinds <= rows;
  const found = kind ?? (!table.classNames && isNumeric && !(isWhole && isFew) ? 'numbers' : 'classes');
  if (kinds < 2) throw new InputError(`${path}: ${target} is ${cells[0]} of all samples: there is nothing to learn`);
  if (found === 'numbers') return { numbers: numbersOf(table) };
  if (table.classNames) return { classes: classesOf(table, table.classNames), classNames: table.classNames };
  if (isNumeric && !isWhole) {
    throw new InputError(`${path}: ${target} has numbers that are not whole, such as ${fraction(cells)}: no classes`);
  }
  if (kinds > mostClasses || (kind === undefined && 2 * kinds > rows)) {
    const [count, what] = isNumeric ? [`more than ${mostClasses}`, 'numbers'] : [kinds, 'texts'];
    throw new InputError(`${path}: ${target} has ${count} different ${what} in ${rows} samples: too many for classes`);
  }
  const classNames = [...new Set([...new Set(cells)].map(nameOf))].sort(
    isNumeric ? (a, b) => Number(a) - Number(b) : byText,
  );
  return { classes: classesOf(table, classNames), classNames };
}

/** How many different cells there are; of numbers, of which there may be as many as samples, no more than matter are counted. */
function kindsOf(cells: readonly string[], isNumeric: boolean): number {
  if (!isNumeric) return new Set(cells).size;
  const found = new Set<number>();
  for (const cell of cells) {
    found.add(Number(cell));
    if (found.size > mostClasses) break;
  }
  return found.size;
}

/** The classes of samples by their names. @throws InputError for one that is none of them, with the line */
export function classesOf({ path, target, cells, placeOf }: LabelledTable, names: readonly string[]): Uint16Array {
  const places = new Map(names.map((name, i) => [name, i]));
  return Uint16Array.from(cells, (cell, row) => {
    const place = places.get(cell) ?? places.get(nameOf(cell));
    if (place !== undefined) return place;
    throw new InputError(
      `${path}: ${placeOf(row)}: ${target} is ${JSON.stringify(cell)}, and the classes are ${names.join(', ')}`,
    );
  });
}

/** The targets as numbers. @throws InputError for one that is none, with the line */
export function numbersOf({ path, target, cells, placeOf }: LabelledTable): Float32Array {
  return Float32Array.from(cells, (cell, row) => {
    const value = decimal.test(cell) ? Math.fround(Number(cell)) : Number.NaN;
    if (Number.isFinite(value)) return value;
    throw new InputError(`${path}: ${placeOf(row)}: ${target} is ${JSON.stringify(cell)}, which is no number`);
  });
}

/** 1, 1.0 and 01 are one class. */
function nameOf(cell: string): string {
  return decimal.test(cell) && Number.isSafeInteger(Number(cell)) ? String(Number(cell)) : cell;
}

function fraction(cells: readonly string[]): string {
  return cells.find((cell) => !Number.isSafeInteger(Number(cell))) ?? '';
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
