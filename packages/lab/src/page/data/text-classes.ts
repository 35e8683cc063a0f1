import { InputError } from '@apical/core';
import { type CsvOptions, type NumericArray, readCsv, targetsOf } from '@apical/data';

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

/** Reads a table with classes by name; undefined where its first and its last column have none. @throws InputError for too many classes */
export function readNamedClasses(bytes: Uint8Array, source: string, options: CsvOptions): NamedClasses | undefined {
  for (const [target, column] of [
    ['-1', 'last'],
    ['1', 'first'],
  ] as const) {
    const read = (header?: boolean) => attempt(() => readCsv(bytes, source, { ...options, target, header }));
    const found = read();
    // Of names alone, the first is that of the column, unless it comes again.
    const [name = ''] = found?.target?.names ?? [];
    const table = found?.shape[1] === 0 && found.target?.cells?.kinds?.includes(name) ? read(false) : found;
    // What has no letters are numbers in another form.
    if (!table?.target?.cells?.kinds?.every((text) => /\p{L}/u.test(text))) continue;
    const { shape, data, header, firstLine, target: learned } = table;
    const { classes, classNames } = targetsOf(
      {
        path: source,
        rows: shape[0]!,
        target: learned.names[0]!,
        values: learned.cells!,
        placeOf: (row) => `line ${firstLine + row}`,
      },
      'classes',
    );
    if (!classes || !classNames || classNames.length > mostClasses) {
      throw new InputError(`${source}: ${classNames?.length} classes; the page takes ${mostClasses}`);
    }
    const own = {
      place: `${column} column`,
      target: header ? learned.names[0]! : String(column === 'first' ? 1 : shape[1]! + 1),
      ...(header && { header }),
    };
    return { shape, data, classes, classNames, ...(shape[1]! > 0 && own) };
  }
  return undefined;
}

/** Classes are bytes. */
export const mostClasses = 256;

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
