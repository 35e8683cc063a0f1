import { bytesGiven, InputError } from '@apical/core';
import { GrowingNumbers } from './growing-numbers.ts';
import type { NumericArray } from './numeric-array.ts';
import { decode, piecesOf, readTableText, type Separator, type TableLine } from './table-rows.ts';

/** How a table is to be read. */
export interface CsvOptions {
  /** What stands between cells. Default: found, of comma, semicolon and tab. */
  readonly separator?: Separator | undefined;
  /** Whether the first line names the columns. Default: decided by what stands in it; see `readCsv`. */
  readonly header?: boolean | undefined;
  /** Texts that stand for their place in this list, from 0 on. */
  readonly names?: readonly string[] | undefined;
  /** How many rows there should be, where a first line of 0, 1, 2, … may be a row or the names of columns. */
  readonly rows?: number | undefined;
  /** A column that is none of the numbers, by its name, or its number from 1 on: its cells are taken as texts. */
  readonly target?: string | undefined;
}

/** A table of numbers, rows × columns. */
export interface CsvTable extends NumericArray {
  /** The names of its columns, where its first line has them. */
  readonly header?: readonly string[];
  /** Whether these are 0, 1, 2, …, which could be numbers as well. */
  readonly numericHeader?: boolean;
  /** The line of its first row, from 1 on. */
  readonly firstLine: number;
  /** The column that is none of the numbers, where one was asked for; `header` and the numbers are without it. */
  readonly target?: TargetColumn;
}

/** A column of texts. */
export interface TargetColumn {
  /** Its name, where the table has a header; else `column 5`. */
  readonly name: string;
  readonly cells: readonly string[];
}

const number = String.raw`[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?`;
const decimal = new RegExp(`^${number}$`, 'i');
/** What stands for a number, also for one that is missing or not finite. */
const numeric = new RegExp(`^(${number}|[+-]?nan|[+-]?inf(inity)?)$`, 'i');
/** Digits, of any script, and no letters: numbers with something between them or in them. And numbers of another base. */
const several = /^(?=.*\p{Nd})([^\p{L}]|(?<=\p{Nd})e(?=[+-]?\p{Nd}))+$|^[+-]?0[xob][\da-f_]+$/iu;
/** What stands where a number is missing. */
const missing = /^(|n\/?a|#n\/a|<na>|null|none|nil|missing|\?|-|\.)$/i;

/**
 * Reads a table of numbers: a row a line; what separates cells is found or named; cells may stand in quotes; lines that are empty may
 * stand at the end. The first line is a header where no cell in it is a number, NaN or infinite, and not all are empty or marks of
 * what is missing, such as NA. It is a header, too, where it is 0, 1, 2, …, one for each of three columns or more: pandas names
 * columns so that have no names. Of two columns that is refused, unless `header` or `rows` say what it is; of one it is a number.
 *
 * @param file the whole file, UTF-8, or UTF-16 with its mark
 * @param source the file's name, for messages
 * @returns an array of rows × columns, float64
 * @throws InputError for cells that are empty or no finite number, lines of different lengths, and pandas' index, a first column
 *   without a name: with line and column, counted from 1
 */
export function readCsv(file: Uint8Array | ArrayBuffer, source: string, options: CsvOptions = {}): CsvTable {
  const table = readCsvPieces(piecesOf(bytesGiven(file, source)), source, options);
  return { ...table, data: Float64Array.from(table.data) };
}

/**
 * `readCsv` of a file that comes piece by piece: see `readTableText`. The numbers are in the narrowest array that holds them exactly, of
 * bytes, float32 or float64.
 */
export function readCsvPieces(pieces: Iterable<Uint8Array>, source: string, options: CsvOptions = {}): CsvTable {
  const text = readTableText(pieces, source, options.separator);
  const rows = text.rows();
  const start = rows.next().value;
  if (!start) throw new InputError(`${source}: there are no rows of numbers`);
  const first = { cells: 'cells' in start ? start.cells : cellsOf(start, text.separator, source), line: start.line };
  const names = new Map((options.names ?? []).map((name, i) => [name.trim(), i]));
  const heading = first.cells.map((cell) => cell.trim());
  if (options.header !== false) refuseIndex(heading, `${source}: line 1`);
  const isHeader = options.header ?? isNaming(heading, names);
  const target =
    options.target === undefined ? undefined : placeOf(options.target, isHeader ? heading : first.cells.length);
  if (target === -1)
    throw new InputError(`${source}: ${noColumn(options.target!, isHeader ? heading : first.cells.length)}`);
  const numbers = new Rows(source, text.separator, names, target);
  numbers.isComment = /^[#%]/.test(heading[0] ?? '');
  if (isHeader) numbers.width = { of: 'line 1', columns: heading.length };
  else numbers.add(first.cells, first.line);
  for (const row of rows) {
    if ('cells' in row) numbers.add(row.cells, row.line);
    else numbers.addBytes(row);
  }
  const counted = !isHeader && options.header === undefined && heading.every((cell, i) => cell === String(i));
  const header = isHeader || (counted && isCounted(numbers, options.rows, `${source}: line 1`)) ? heading : undefined;
  const { texts, ...table } = numbers.table(header !== undefined && !isHeader ? 1 : 0);
  return {
    ...table,
    ...(header && { header: header.filter((_, i) => i !== target), ...(!isHeader && { numericHeader: true }) }),
    ...(target !== undefined && { target: { name: header?.[target] ?? `column ${target + 1}`, cells: texts } }),
  };
}

/** The place of a column by its name or, from 1 on, number; -1 where there is none. @param columns their names, or how many there are */
function placeOf(target: string, columns: readonly string[] | number): number {
  const named = typeof columns === 'number' ? -1 : columns.indexOf(target.trim());
  if (named >= 0) return named;
  const count = typeof columns === 'number' ? columns : columns.length;
  return /^\d+$/.test(target) && Number(target) >= 1 && Number(target) <= count ? Number(target) - 1 : -1;
}

/** More names of columns than this are not told. */
const mostTold = 12;

function noColumn(target: string, columns: readonly string[] | number): string {
  if (typeof columns === 'number') {
    return `has no column ${target}: it has no header, and columns are 1 to ${columns}; --header: line 1 is one`;
  }
  const more = columns.length > mostTold ? `, … (${columns.length} columns)` : '';
  return `has no column ${target}; there are ${columns.slice(0, mostTold).join(', ')}${more}`;
}

/** Whether a first line names columns. */
function isNaming(cells: readonly string[], names: ReadonlyMap<string, number>): boolean {
  if (cells.some((cell) => numeric.test(cell) || names.has(cell) || cell === '')) return false;
  return cells.some((cell) => !missing.test(cell) && !several.test(cell));
}

/** Whether a first line of 0, 1, 2, … names columns: where rows are counted they say it. */
function isCounted({ count, columns }: Rows, rows: number | undefined, place: string): boolean {
  if (count === rows) return false;
  if (count - 1 === rows) return true;
  if (columns !== 2) return columns > 2 && count > 1;
  throw new InputError(
    `${place} is 0, 1: is that a row of numbers, or the names that pandas gives to columns without names? Say it: --no-header or --header, or the option header`,
  );
}

/** pandas writes an index before the first column, and no name for it. */
function refuseIndex([first, ...others]: readonly string[], place: string): void {
  const named = others.length > 0 && others.every((cell) => cell !== '' && !numeric.test(cell));
  const counted = others.length > 0 && others.every((cell, i) => cell === String(i));
  const isIndex = first === '' ? named || counted : first === 'Unnamed: 0' && named;
  if (!isIndex) return;
  throw new InputError(
    `${place}, column 1 has no name: it is the index that pandas and R write, not numbers of the samples; save without it: to_csv(index=False), write.csv(row.names = FALSE)`,
  );
}

/** A line in which no cell is in quotes. */
type Bytes = Extract<TableLine, { readonly bytes: Uint8Array }>;

const [minus, point, zero] = [0x2d, 0x2e, 0x30];
/** Any number of so many digits is exact in float64, and so is a power of ten of up to 22. */
const exactDigits = 15;
const powers = Array.from({ length: exactDigits + 1 }, (_, i) => Number(`1e${i}`));
/** Of how many texts it is looked up whether they were there before. */
const mostKnown = 10_000;

/** Texts of cells, trimmed, of which those that come again are made once. */
class KnownTexts {
  readonly #texts = new Map<number, { readonly bytes: Uint8Array; readonly text: string }>();

  of(bytes: Uint8Array, start: number, end: number, source: string): string {
    let hash = end - start;
    for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
    const known = this.#texts.get(hash);
    if (known && isSame(known.bytes, bytes, start, end)) return known.text;
    const text = textOf(bytes, start, end, source).trim();
    if (!known && this.#texts.size < mostKnown) this.#texts.set(hash, { bytes: bytes.slice(start, end), text });
    return text;
  }
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}

/** The cells of a line in which none is in quotes. */
function cellsOf({ bytes, start, end }: Bytes, separator: Separator, source: string): string[] {
  return decode(bytes.subarray(start, end), source).split(separator);
}

/** A cell. @throws InputError where it is no text */
function textOf(bytes: Uint8Array, start: number, end: number, source: string): string {
  for (let at = start; at < end; at++) {
    if (bytes[at] === 0 || bytes[at]! >= 0x80) return decode(bytes.subarray(start, end), source);
  }
  // Of few characters that takes a tenth of the time of a decoder.
  return end - start > 64
    ? decode(bytes.subarray(start, end), source)
    : String.fromCharCode.apply(null, bytes.subarray(start, end) as unknown as number[]);
}

/** The rows of a table as they come. */
class Rows {
  /** How many cells a line must have, and which says so. */
  width: { of: string; columns: number } | undefined;
  /** Whether the line that says it begins as comments do. */
  isComment = false;
  count = 0;
  readonly #source: string;
  readonly #separator: Separator;
  readonly #names: ReadonlyMap<string, number>;
  readonly #target: number | undefined;
  readonly #texts: string[] = [];
  readonly #known = new KnownTexts();
  readonly #data = new GrowingNumbers();
  #firstLine = 1;
  #blank: number | undefined;

  /** @param target the place of the column that is texts */
  constructor(source: string, separator: Separator, names: ReadonlyMap<string, number>, target: number | undefined) {
    this.#source = source;
    this.#separator = separator;
    this.#names = names;
    this.#target = target;
  }

  get columns(): number {
    return this.width?.columns ?? 0;
  }

  add(cells: readonly string[], line: number): void {
    if (cells.length === 1 && cells[0]!.trim() === '') {
      this.#blank ??= line;
      return;
    }
    const place = `${this.#source}: line ${line}`;
    if (this.#blank !== undefined) throw new InputError(`${this.#source}: line ${this.#blank} is empty`);
    this.width ??= { of: `line ${line}`, columns: cells.length };
    const { columns, of } = this.width;
    if (cells.length !== columns) {
      const hint = this.isComment ? ', which is a comment: delete it' : '';
      throw new InputError(
        `${place} has ${cells.length} cells, but ${of} has ${columns}${hint}: all must have as many`,
      );
    }
    if (this.count === 0) this.#firstLine = line;
    for (let column = 0; column < columns; column++) {
      if (column === this.#target) this.#texts.push(cells[column]!.trim());
      else this.#data.push(numberOf(cells[column]!, place, column, this.#names));
    }
    this.count++;
  }

  /** A line in which no cell is in quotes: as `add`, without making texts of numbers. */
  addBytes(row: Bytes): void {
    const { bytes, start, end, line } = row;
    const separator = this.#separator.charCodeAt(0);
    // What could be empty, or says how many cells there are, or is none of many, is looked at as texts.
    if (!this.width || this.#blank !== undefined || !(bytes[start]! > 0x20) || start === end) {
      this.add(cellsOf(row, this.#separator, this.#source), line);
      return;
    }
    const { columns } = this.width;
    let at = start;
    let column = 0;
    for (; column < columns && at <= end; column++) {
      if (column === this.#target) {
        const from = at;
        while (at < end && bytes[at] !== separator) at++;
        this.#texts.push(this.#known.of(bytes, from, at, this.#source));
      } else at = this.#addNumber(row, at, separator, column);
      at++;
    }
    // It has as many cells as it should if its end was passed by with the last.
    if (column < columns || at <= end) {
      this.add(cellsOf(row, this.#separator, this.#source), line);
      throw new RangeError(`line ${line} cannot be read`);
    }
    if (this.count === 0) this.#firstLine = line;
    this.count++;
  }

  /** Adds the number that begins there. @returns where the cell ends */
  #addNumber(row: Bytes, start: number, separator: number, column: number): number {
    const { bytes, end } = row;
    let at = start;
    const isNegative = bytes[at] === minus;
    if (isNegative) at++;
    let [value, digits, decimals] = [0, 0, 0];
    for (let digit = bytes[at]! - zero; at < end && digit >= 0 && digit <= 9; digit = bytes[++at]! - zero) {
      value = 10 * value + digit;
      digits++;
    }
    if (at < end && bytes[at] === point) {
      at++;
      for (let digit = bytes[at]! - zero; at < end && digit >= 0 && digit <= 9; digit = bytes[++at]! - zero) {
        value = 10 * value + digit;
        digits++;
        decimals++;
      }
    }
    // Of so few digits, both are exact, and so the quotient is the number next to what is written.
    if (digits > 0 && digits <= exactDigits && (at === end || bytes[at] === separator)) {
      const size = decimals === 0 ? value : value / powers[decimals]!;
      this.#data.push(isNegative ? -size : size);
      return at;
    }
    while (at < end && bytes[at] !== separator) at++;
    const text = textOf(bytes, start, at, this.#source);
    const number = decimal.test(text) ? Number(text) : otherNumber(text.trim(), this.#names);
    if (!Number.isFinite(number)) {
      this.add(cellsOf(row, this.#separator, this.#source), row.line);
      throw new RangeError(`column ${column + 1} of line ${row.line} cannot be read`);
    }
    this.#data.push(number);
    return at;
  }

  /** How many columns are numbers. */
  get #numbers(): number {
    return this.columns - (this.#target === undefined ? 0 : 1);
  }

  /** All rows but so many at the beginning. @throws InputError where there are none */
  table(left: number): Pick<CsvTable, 'data' | 'firstLine'> & { shape: [number, number]; texts: readonly string[] } {
    const columns = this.#numbers;
    const rows = this.count - left;
    if (rows === 0) throw new InputError(`${this.#source}: there are no rows of numbers`);
    return {
      shape: [rows, columns],
      data: this.#data.take(left * columns),
      firstLine: this.#firstLine + left,
      texts: left === 0 ? this.#texts : this.#texts.slice(left),
    };
  }
}

function numberOf(cell: string, place: string, column: number, names: ReadonlyMap<string, number>): number {
  if (cell.length === 1) {
    const digit = cell.charCodeAt(0) - 48;
    if (digit >= 0 && digit <= 9) return digit;
  }
  const value = decimal.test(cell) ? Number(cell) : otherNumber(cell.trim(), names);
  if (Number.isFinite(value)) return value;
  throw new InputError(`${place}, column ${column + 1}${problemOf(cell.trim(), names)}`);
}

function otherNumber(text: string, names: ReadonlyMap<string, number>): number {
  return names.get(text) ?? (decimal.test(text) ? Number(text) : Number.NaN);
}

/** What to say of a cell that is no finite number. */
function problemOf(text: string, names: ReadonlyMap<string, number>): string {
  const shown = JSON.stringify(text);
  if (text === '') return ' is empty';
  if (/^[+-]?\d+(\.\d+)*,\d+/.test(text))
    return `: ${shown} has a comma in it; numbers have a point before decimals, and nothing else`;
  if (/^\S+(\s+[+-]?[\d.]\S*)+$/.test(text)) {
    return `: ${shown} is no number: spaces do not separate numbers; commas, semicolons and tabs do: numpy.savetxt(…, delimiter=",")`;
  }
  const [, other] = /^[+-]?[\d.]\S*?([|:&;])[\d.+-]/.exec(text) ?? [];
  if (other !== undefined) {
    const hint =
      other === ';' ? 'cells are separated otherwise here: --separator semicolon' : 'commas, semicolons and tabs do';
    return `: ${shown} is no number: ${other} does not separate numbers; ${hint}`;
  }
  const known = names.size > 0 && !numeric.test(text);
  return `: ${shown} is not a finite number${known ? `, and none of the classes ${[...names.keys()].join(', ')}` : ''}`;
}

/**
 * Writes a table of numbers, a row a line, with a header where names are given. Every number is written with as many digits
 * as it takes to read it back exactly.
 *
 * @throws InputError for an array that has not two dimensions
 */
export function writeCsv({ shape, data }: NumericArray, header?: readonly string[]): string {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined) {
    throw new InputError(`a table has two dimensions, not ${shape.length}`);
  }
  const write = data instanceof Float32Array ? shortest : String;
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from(data.subarray(row * columns, (row + 1) * columns), write).join(','),
  );
  return [...(header ? [header.map(quoted).join(',')] : []), ...lines, ''].join('\n');
}

/** A float32 number with as few digits as say which it is: nine always do. */
function shortest(value: number): string {
  const digits = [6, 7, 8, 9].find((count) => Math.fround(Number(value.toPrecision(count))) === value) ?? 9;
  return String(Number(value.toPrecision(digits)));
}

/**
 * Writes a table of one column of texts, with a header, as `writeCsv` does one of numbers. A text that could be taken for something else stands
 * in quotes.
 */
export function writeTexts(texts: readonly string[], header: string): string {
  return [header, ...texts, ''].map(quoted).join('\n');
}

function quoted(name: string): string {
  return /[",;\t\r\n]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}
