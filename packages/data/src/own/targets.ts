import { InputError } from '@apical/core';
import { listed } from '../column-names.ts';
import { isDecimal, isTooLarge, shown, tooLargeWords, written } from '../formats/csv-cells.ts';
import { mostKinds } from '../formats/growing-cells.ts';
import type { LabelledTable, TargetValues } from './labelled-table.ts';

/** What is to be learned of some samples: classes, or numbers. */
export interface Targets {
  /** The number of each sample's class, and their names. */
  readonly classes?: Uint16Array;
  readonly classNames?: readonly string[];
  /** The numbers of each sample: `labels` a sample, 1 where that is absent. */
  readonly numbers?: Float32Array;
  readonly labels?: number;
}

/** Whether targets are meant to be classes or numbers. */
export type TargetKind = 'classes' | 'numbers';

/** Whole numbers of more kinds than this are no classes, unless it is said. */
const mostNumbered = 100;

/** What is known of a target where it is judged. */
type Target = Pick<LabelledTable, 'path' | 'rows' | 'target' | 'targetNames' | 'values' | 'classNames' | 'placeOf'>;

/**
 * What the target of a table is. Texts are classes, and so are numbers among them, as they are written. Whole numbers are classes, by
 * their values, if they are of at most 100 kinds, and at most half
 * as many as there are samples; other numbers are numbers to regress on. `kind` says it instead. Several columns are numbers, but for
 * rows that all are one-hot, which stand for classes, called as the columns, or 0, 1, 2, …
 *
 * Classes are in the order that the data say, or else that of their names, which for numbers is that of the numbers.
 *
 * @throws InputError where all are alike, for texts that are to be numbers, and where classes are too many
 */
export function targetsOf(table: Target, kind?: TargetKind): Targets {
  const { path, target, rows } = table;
  if ('labels' in table.values) return severalOf(table, table.values, kind);
  const { texts, isNumeric, isWhole } = kindsOf(table.values);
  const count = texts?.length ?? mostKinds + 1;
  const isFew = count <= mostNumbered && 2 * count <= rows;
  const found = kind ?? (!table.classNames && isNumeric && !(isWhole && isFew) ? 'numbers' : 'classes');
  if (count < 2) throw new InputError(`${path}: ${target} is ${texts?.[0]} of all samples: there is nothing to learn`);
  if (found === 'numbers') return { numbers: numbersOf(table) };
  if (table.classNames) return { classes: classesOf(table, table.classNames), classNames: table.classNames };
  if (isNumeric && !isWhole) {
    throw new InputError(`${path}: ${target} has numbers that are not whole, such as ${fraction(table)}: no classes`);
  }
  if (!texts || (kind === undefined && 2 * count > rows)) {
    const [many, what] = texts ? [count, 'texts'] : [`more than ${mostKinds}`, 'numbers'];
    throw new InputError(`${path}: ${target} has ${many} different ${what} in ${rows} samples: too many for classes`);
  }
  const byValue = isNumeric && !texts.some(isTooLarge);
  const classNames = texts.toSorted(byValue ? (a, b) => Number(a) - Number(b) : byText);
  return { classes: classesOf(table, classNames), classNames };
}

/** The different texts, which may be those of numbers, unless there are too many; and what they are. */
function kindsOf(values: Exclude<TargetValues, { readonly labels: unknown }>) {
  if (values.kinds) {
    const { kinds } = values;
    const isNumeric = kinds.every(isDecimal);
    // Of numbers, 1 and 1.0 are of one kind; among texts they are two.
    const texts = isNumeric ? [...new Set(kinds.map(nameOf))] : kinds;
    return { texts, isNumeric, isWhole: isNumeric && texts.every((text) => /^-?\d+$/.test(text)) };
  }
  const { numbers } = values;
  const kinds = new Set<number>();
  for (let i = 0; i < numbers.length && kinds.size <= mostKinds; i++) kinds.add(numbers[i]!);
  const texts = kinds.size > mostKinds ? undefined : Array.from(kinds, String);
  return { texts, isNumeric: true, isWhole: numbers.every((value) => Number.isSafeInteger(value)) };
}

function severalOf(
  { path, target, targetNames }: Target,
  { labels, columns }: Extract<TargetValues, { readonly labels: unknown }>,
  kind: TargetKind | undefined,
): Targets {
  const classes = kind === 'numbers' ? undefined : oneHotClasses(labels, columns);
  if (classes) return { classes, classNames: targetNames ?? Array.from({ length: columns }, (_, i) => String(i)) };
  if (kind === 'classes') {
    throw new InputError(
      `${path}: ${target} are ${columns} numbers a sample, and not all rows are one-hot: no classes`,
    );
  }
  return { numbers: Float32Array.from(labels), labels: columns };
}

/** The classes of rows that all are one-hot, 1 at the class and 0 elsewhere; undefined where they are not. */
function oneHotClasses(labels: ArrayLike<number>, columns: number): Uint16Array | undefined {
  const classes = new Uint16Array(labels.length / columns);
  for (let row = 0; row < classes.length; row++) {
    let ones = 0;
    for (let column = 0; column < columns; column++) {
      const value = labels[row * columns + column];
      if (value === 1) {
        ones++;
        classes[row] = column;
      } else if (value !== 0) return undefined;
    }
    if (ones !== 1) return undefined;
  }
  return classes;
}

/** The classes of samples by their names. @throws InputError for one that is none of them, with the line */
export function classesOf(table: Target, names: readonly string[]): Uint16Array {
  const { path, target, values, placeOf } = table;
  const places = new Map(names.map((name, i) => [name, i]));
  // Classes that are numbers are told by their value, others by their texts.
  const areNumbers = names.every(isDecimal);
  const placeOfText = (text: string) => places.get(areNumbers ? nameOf(text) : text);
  const refuse = (row: number, text: string): never => {
    throw new InputError(`${path}: ${placeOf(row)}: ${target} is ${shown(text)}, and the classes are ${listed(names)}`);
  };
  if ('labels' in values) {
    const classes = values.columns === names.length ? oneHotClasses(values.labels, values.columns) : undefined;
    if (classes) return classes;
    throw new InputError(
      `${path}: ${target} has ${values.columns} numbers a sample that are not one-hot rows of the classes ${listed(names)}`,
    );
  }
  if (values.kinds) {
    const { kinds, codes } = values;
    const known = kinds.map(placeOfText);
    const bad = codes.findIndex((code) => known[code] === undefined);
    if (bad >= 0) refuse(bad, kinds[codes[bad]!]!);
    return codes.map((code) => known[code]!);
  }
  const { numbers } = values;
  const classes = new Uint16Array(numbers.length);
  // Each kind of number is made a text once: millions of texts would fill the memory before they are collected.
  const known = new Map<number, number>();
  for (let row = 0; row < classes.length; row++) {
    const value = numbers[row]!;
    if (!known.has(value)) known.set(value, placeOfText(String(value)) ?? refuse(row, String(value)));
    classes[row] = known.get(value)!;
  }
  return classes;
}

/** The targets as numbers. @throws InputError for one that is none, with the line */
export function numbersOf({ path, target, values, placeOf }: Target): Float32Array {
  if ('labels' in values) return Float32Array.from(values.labels);
  const texts = values.kinds?.map((text) =>
    isDecimal(text) && !isTooLarge(text) ? Math.fround(Number(text)) : Number.NaN,
  );
  const numbers = values.kinds
    ? Float32Array.from(values.codes, (code) => texts![code]!)
    : Float32Array.from(values.numbers);
  const bad = numbers.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return numbers;
  const text = values.kinds ? values.kinds[values.codes[bad]!]! : String(values.numbers[bad]);
  const why = isTooLarge(text) ? tooLargeWords : 'is no number';
  throw new InputError(`${path}: ${placeOf(bad)}: ${target} is ${shown(text)}, which ${why}`);
}

/** What a number is called as a class: 1, 1.0 and 01 are one. A large whole one keeps all of its digits, which float64 may not hold. */
function nameOf(cell: string): string {
  if (isTooLarge(cell)) return String(BigInt(cell));
  return isDecimal(cell) ? written(Number(cell)) : cell;
}

function fraction({ values }: Target): string {
  const isFraction = (value: number) => !Number.isSafeInteger(value);
  if (values.kinds) return values.kinds.find((kind) => isFraction(Number(kind))) ?? '';
  return 'numbers' in values ? String(values.numbers.find(isFraction)) : '';
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
