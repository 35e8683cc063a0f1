import { InputError } from '@apical/core';
import {
  type CsvOptions,
  type LabelledTable,
  type NpyArray,
  type NumericArray,
  readCsv,
  targetsOf,
} from '@apical/data';

/** A table whose first or last column has classes by name; or one that has nothing but these. */
export interface NamedClasses extends NumericArray {
  /** The class of each row, and their names in alphabetical order. */
  readonly classes: Uint16Array;
  readonly classNames: readonly string[];
  /** In which column they stand, in words; absent where there is no other column. */
  readonly place?: string;
  /** What the command calls that column, and the names of the others, where they have any. */
  readonly target?: string;
  readonly header?: readonly string[] | undefined;
}

/**
 * Reads a table with classes by name.
 *
 * @param problem what is wrong with it as a table of numbers
 * @throws InputError where its first and its last column have none: what is wrong with it, by the reading that went furthest; and for too many classes
 */
export function readNamedClasses(
  bytes: Uint8Array,
  source: string,
  options: CsvOptions,
  problem: InputError,
): NamedClasses {
  const problems: InputError[] = [];
  for (const [target, column] of [
    ['-1', 'last'],
    ['1', 'first'],
  ] as const) {
    const read = (header?: boolean) => attempt(() => readCsv(bytes, source, { ...options, target, header }), problems);
    const found = read();
    // Of names alone, the first is that of the column, unless it comes again.
    const [name = ''] = found?.target?.names ?? [];
    const table = found?.shape[1] === 0 && found.target?.cells?.kinds?.includes(name) ? read(false) : found;
    const texts = table?.target?.cells?.kinds;
    if (!table || !texts) continue;
    // What has no letters are numbers in another form.
    const bad = texts.find((text) => !hasLetters(text));
    if (bad !== undefined) {
      if (texts.some(hasLetters))
        problems.push(
          new InputError(`${source}: the ${column} column has names of classes, and ${bad}, which is none`),
        );
      continue;
    }
    const { shape, data, header, firstLine } = table;
    const learned = table.target!;
    const known = classesByName({
      path: source,
      rows: shape[0]!,
      target: learned.names[0]!,
      values: learned.cells!,
      placeOf: (row) => `line ${firstLine + row}`,
    });
    const own = {
      place: `${column} column`,
      target: header ? learned.names[0]! : String(column === 'first' ? 1 : shape[1]! + 1),
      ...(header && { header }),
    };
    return { shape, data, ...known, ...(shape[1]! > 0 && own) };
  }
  throw [problem, ...problems].toSorted((one, other) => lineOf(other) - lineOf(one))[0]!;
}

/** An array of NumPy's that has nothing but names of classes. @throws InputError for too many classes */
export function namedTexts({ shape, cells }: NpyArray, source: string): NamedClasses | undefined {
  if (!cells?.kinds) return undefined;
  const rows = shape[0] ?? 1;
  const placeOf = (row: number) => `row ${row}`;
  const known = classesByName({ path: source, rows, target: 'class', values: cells, placeOf });
  return { shape: [rows, 0], data: new Uint8Array(), ...known };
}

type Named = Pick<NamedClasses, 'classes' | 'classNames'>;

/** The class of each row, which may be the same of all: later samples may be of one. @throws InputError for too many classes */
function classesByName(table: Pick<LabelledTable, 'path' | 'rows' | 'target' | 'values' | 'placeOf'>): Named {
  const { path, rows, values } = table;
  if (values.kinds?.length === 1) return { classes: new Uint16Array(rows), classNames: values.kinds };
  const { classes, classNames } = targetsOf(table, 'classes');
  if (classes && classNames && classNames.length <= mostClasses) return { classes, classNames };
  throw new InputError(`${path}: ${classNames?.length} classes; the page takes ${mostClasses}`);
}

function hasLetters(text: string): boolean {
  return /\p{L}/u.test(text);
}

/** The line of which an error speaks; that of none, or of what line 1 is, is of the whole file. */
function lineOf({ message }: InputError): number {
  return Number(/: line (?!1(?::| has))([\d,]+)/.exec(message)?.[1]?.replaceAll(',', '') ?? Number.MAX_SAFE_INTEGER);
}

/** Classes are bytes. */
export const mostClasses = 256;

function attempt<T>(read: () => T, problems: InputError[]): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error);
    return undefined;
  }
}
