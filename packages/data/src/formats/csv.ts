import { bytesGiven, InputError } from '@apical/core';
import { placesOfNames } from './csv-cells.ts';
import {
  isCounted,
  isNaming,
  isRun,
  placesIfThere,
  placesOf,
  refuseIndex,
  refuseRun,
  refuseTwins,
  refuseUnclear,
} from './csv-header.ts';
import { Rows } from './csv-rows.ts';
import type { Cells } from './growing-cells.ts';
import type { NumericArray, NumericData } from './numeric-array.ts';
import { type LineSink, piecesOf, type Separator, splitCells, TableLines } from './table-lines.ts';

/** How a table is to be read. */
export interface CsvOptions {
  /** What stands between cells. Default: found, of comma, semicolon and tab. */
  readonly separator?: Separator | undefined;
  /** Whether the first line names the columns. Default: decided by what stands in it; see `readCsv`. */
  readonly header?: boolean | undefined;
  /** Texts that stand for their place in this list, from 0 on; where all are numbers, for themselves. */
  readonly names?: readonly string[] | undefined;
  /** How many rows there should be, where a first line such as 0, 1, 2, … may be a row or the names of columns. */
  readonly rows?: number | undefined;
  /** What is learned, which is none of the numbers: a column by its name, or its number from 1 on (−1: the last), or several with commas between them. */
  readonly target?: string | undefined;
  /** What the columns that are learned were called in a table like this one: in one that has names they are found by these. */
  readonly targetNames?: readonly string[] | undefined;
  /** How many inputs there are beside that, where nothing but they is asked for: that may be missing then, and is passed over. */
  readonly inputs?: number | undefined;
}

/** A table of numbers, rows × columns. */
export interface CsvTable extends NumericArray {
  /** The names of its columns, where its first line has them. */
  readonly header?: readonly string[];
  /** Whether these are whole numbers that ascend by one, 0, 1, 2, …, which could be a row as well. */
  readonly numericHeader?: boolean;
  /** The line of its first row, from 1 on. */
  readonly firstLine: number;
  /** What is none of the numbers, where it was asked for; `header` and the numbers are without it. */
  readonly target?: TargetColumns;
}

/** The columns that are learned. */
export interface TargetColumns {
  /** Their names, where the table has a header; else `column 5`. */
  readonly names: readonly string[];
  /** Of one column, its cells. */
  readonly cells?: Cells;
  /** Of several, their numbers, row-major. */
  readonly numbers?: NumericData;
}

/**
 * Reads a table of numbers: a row a line; what separates cells is found or named; cells may stand in quotes; lines that are empty may
 * stand at the end. The first line is a header where no cell in it is a number, NaN or infinite, and not all are empty or marks of
 * what is missing, such as NA. It is a header, too, where it is 0, 1, 2, …, one for each of three columns or more: pandas names
 * columns so that have no names. Of two columns that is refused, unless `header` or `rows` say what it is; of one it is a number. So are
 * other whole numbers of three columns or more that ascend by one, such as years, unless all other lines do so, too.
 *
 * @param file the whole file, UTF-8, or UTF-16 with its mark
 * @param source the file's name, for messages
 * @returns an array of rows × columns, float64
 * @throws InputError for cells that are empty, no finite number, or a whole one beyond ±(2⁵³ − 1), lines of different lengths, inputs that are called alike, and pandas'
 *   index, a first column without a name: with line and column, counted from 1
 */
export function readCsv(file: Uint8Array | ArrayBuffer, source: string, options: CsvOptions = {}): CsvTable {
  const reader = new CsvReader(source, options);
  for (const piece of piecesOf(bytesGiven(file, source))) reader.add(piece);
  const table = reader.end();
  return { ...table, data: Float64Array.from(table.data) };
}

/**
 * `readCsv` of a file that comes piece by piece: see `TableLines`. The numbers are in the narrowest array that holds them exactly, of
 * bytes, float32 or float64.
 */
export async function readCsvPieces(
  pieces: AsyncIterable<Uint8Array>,
  source: string,
  options: CsvOptions = {},
): Promise<CsvTable> {
  const reader = new CsvReader(source, options);
  for await (const piece of pieces) reader.add(piece);
  return reader.end();
}

class CsvReader implements LineSink {
  readonly #source: string;
  readonly #options: CsvOptions;
  readonly #names: ReadonlyMap<string, number>;
  readonly #lines: TableLines;
  /** A first line with nothing in it. */
  #blank: number | undefined;
  /** What line 1 is, and the rows, once it has come. */
  #begun: { rows: Rows; heading: readonly string[]; isHeader: boolean; targets: readonly number[] } | undefined;

  constructor(source: string, options: CsvOptions) {
    this.#source = source;
    this.#options = options;
    this.#names = placesOfNames(options.names ?? []);
    this.#lines = new TableLines(source, options.separator);
  }

  /** @param piece the next of the file, of at least `pieceBytes` but for the last */
  add(piece: Uint8Array): void {
    this.#lines.add(piece, this.#begun?.rows ?? this);
  }

  end(): CsvTable {
    this.#lines.end(this.#begun?.rows ?? this);
    if (!this.#begun) throw new InputError(`${this.#source}: there are no rows of numbers`);
    const { rows, heading, isHeader, targets } = this.#begun;
    const isUndecided = !isHeader && this.#options.header === undefined;
    const isNumbered =
      isUndecided && isRun(heading) && isCounted(rows, heading, this.#options.rows, `${this.#source}: line 1`);
    const header = isHeader || isNumbered ? heading : undefined;
    const { cells, labels, ...table } = rows.take(isNumbered ? 1 : 0);
    if (isUndecided && !isNumbered) {
      if (rows.count !== this.#options.rows) refuseRun(heading, table, `${this.#source}: line 1`);
      if (cells?.kinds) refuseUnclear(cells, `${this.#source}: line 1`);
    }
    const names = targets.map((place) => header?.[place] ?? `column ${place + 1}`);
    return {
      ...table,
      ...(header && {
        header: header.filter((_, i) => !targets.includes(i)),
        ...(isNumbered && { numericHeader: true }),
      }),
      ...(targets.length > 0 && { target: { names, ...(cells && { cells }), ...(labels && { numbers: labels }) } }),
    };
  }

  bytes(bytes: Uint8Array, start: number, end: number, line: number, separator?: number): void {
    if (!this.#begun && start === end) this.#blank ??= line;
    else this.#take(bytes, start, end, line, separator);
  }

  #take(bytes: Uint8Array, start: number, end: number, line: number, separator?: number): void {
    if (this.#blank !== undefined) throw new InputError(`${this.#source}: line ${this.#blank} is empty`);
    const between = separator ?? this.#lines.separator.charCodeAt(0);
    if (this.#begun) this.#begun.rows.bytes(bytes, start, end, line, between);
    else this.#begin(splitCells(bytes, start, end, between, this.#source), line);
  }

  /** Decides what the first line is. */
  #begin(cells: readonly string[], line: number): void {
    const { header, target, targetNames, inputs } = this.#options;
    const source = this.#source;
    const heading = cells.map((cell) => cell.trim());
    if (/^"?sep=.?$/i.test(heading[0] ?? '')) {
      throw new InputError(`${source}: line 1 is a note of Excel of what separates cells: delete it`);
    }
    if (header !== false) refuseIndex(heading, `${source}: line 1`);
    const isHeader = header ?? isNaming(heading, this.#names);
    const columns = isHeader ? heading : cells.length;
    const targets =
      target === undefined
        ? []
        : inputs === undefined
          ? placesOf({ target, targetNames }, columns, source, heading)
          : placesIfThere({ target, targetNames }, columns, inputs, source, heading);
    if (isHeader) refuseTwins(heading, targets, `${source}: line 1`);
    const [place = 0] = targets;
    const targetName = (isHeader ? heading[place] : undefined) ?? `column ${place + 1}`;
    const separator = this.#lines.separator;
    const skipsTargets = inputs !== undefined;
    const titles = isHeader ? heading : [];
    const rows = new Rows({ source, separator, names: this.#names, targets, targetName, titles, skipsTargets });
    rows.isComment = /^[#%]/.test(heading[0] ?? '');
    this.#begun = { rows, heading, isHeader, targets };
    if (isHeader) rows.width = { of: 'line 1', columns: heading.length };
    else rows.cells(cells, line);
  }
}
