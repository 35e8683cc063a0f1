import { InputError } from '@apical/core';
import { isTooLarge, numberIn, numberOf } from './csv-cells.ts';
import { type Cells, GrowingCells } from './growing-cells.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import type { NumericData } from './numeric-array.ts';
import { decode, type LineSink, type Separator, splitCells } from './table-lines.ts';

const [minus, point, zero] = [0x2d, 0x2e, 0x30];
/** Any number of so many digits is exact in float64, and so is a power of ten of up to 22. */
const exactDigits = 15;
const powers = Array.from({ length: exactDigits + 1 }, (_, i) => Number(`1e${i}`));

/** What is known of a table before its rows come. */
export interface RowOptions {
  readonly source: string;
  readonly separator: Separator;
  /** Texts that stand for their place in this list. */
  readonly names: ReadonlyMap<string, number>;
  /** The places of the columns that are learned: one may have texts, of several all have numbers. */
  readonly targets: readonly number[];
  /** What the one that may have texts is called. */
  readonly targetName: string;
  /** What the columns are called, where line 1 says it. */
  readonly titles: readonly string[];
  /** Whether these columns are passed over, whatever stands in them. */
  readonly skipsTargets: boolean;
}

/** The rows of a table, read. */
export interface ReadRows {
  readonly shape: readonly [number, number];
  readonly data: NumericData;
  /** The line of the first row. */
  readonly firstLine: number;
  /** What is learned, where there is such a column: cells, or of several columns numbers, row-major. */
  readonly cells?: Cells;
  readonly labels?: NumericData;
}

/** The rows of a table as they come. */
export class Rows implements LineSink {
  /** How many cells a line must have, and which says so. */
  width: { of: string; columns: number } | undefined;
  /** Whether the line that says it begins as comments do. */
  isComment = false;
  count = 0;
  readonly #source: string;
  readonly #separator: number;
  readonly #names: ReadonlyMap<string, number>;
  readonly #targets: readonly number[];
  /** The target that may have texts; −1 where there is none. */
  readonly #textColumn: number;
  readonly #hasLabels: boolean;
  readonly #skipsTargets: boolean;
  readonly #titles: readonly string[];
  /** By column: its place among several targets, where it is one of them; −1 where not. */
  readonly #labelOf: readonly number[];
  readonly #data = new GrowingNumbers();
  readonly #cells: GrowingCells;
  readonly #labels = new GrowingNumbers();
  /** The numbers of a row's targets, in their order. */
  readonly #row: Float64Array;
  #firstLine = 1;
  #blank: number | undefined;

  constructor({ source, separator, names, targets, targetName, titles, skipsTargets }: RowOptions) {
    this.#source = source;
    this.#separator = separator.charCodeAt(0);
    this.#names = names;
    this.#targets = targets;
    this.#skipsTargets = skipsTargets;
    this.#titles = titles;
    this.#textColumn = targets.length === 1 && !skipsTargets ? targets[0]! : -1;
    this.#hasLabels = targets.length > 1 && !skipsTargets;
    this.#labelOf = Array.from({ length: Math.max(0, ...targets) + 1 }, (_, column) => targets.indexOf(column));
    this.#row = new Float64Array(targets.length);
    this.#cells = new GrowingCells((row) => `${source}: line ${this.#firstLine + row}: ${targetName}`);
  }

  get columns(): number {
    return this.width?.columns ?? 0;
  }

  cells(cells: readonly string[], line: number): void {
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
      if (this.#isSkipped(column)) continue;
      if (column === this.#textColumn) this.#cells.push(cells[column]!.trim());
      else this.#put(column, numberOf(cells[column]!, place, column, this.#names, this.#titles[column]));
    }
    this.#end();
  }

  /** As `cells`, without making texts of numbers. */
  bytes(bytes: Uint8Array, start: number, end: number, line: number, separator = this.#separator): void {
    // What could be empty, or says how many cells there are, or is none of many, is looked at as texts.
    if (!this.width || this.#blank !== undefined || !(bytes[start]! > 0x20) || start === end) {
      this.cells(splitCells(bytes, start, end, separator, this.#source), line);
      return;
    }
    if (this.count === 0) this.#firstLine = line;
    const { columns } = this.width;
    let at = start;
    let column = 0;
    for (; column < columns && at <= end; column++) {
      if (this.#isSkipped(column)) {
        at = this.#skipped(bytes, at, end, separator);
      } else if (column === this.#textColumn) {
        const from = at;
        while (at < end && bytes[at] !== separator) at++;
        if (!this.#cells.pushKnown(bytes, from, at)) {
          this.#cells.pushNew(textOf(bytes, from, at, this.#source).trim(), bytes, from, at);
        }
      } else {
        at = this.#number(bytes, at, end, separator, column);
        if (at < 0) break;
      }
      at++;
    }
    // It has as many cells as it should if its end was passed by with the last.
    if (column < columns || at <= end) {
      this.cells(splitCells(bytes, start, end, separator, this.#source), line);
      throw new RangeError(`line ${line} cannot be read`);
    }
    this.#end();
  }

  /** All rows but so many at the beginning. @throws InputError where there are none */
  take(left: number): ReadRows {
    const columns = this.columns - this.#targets.length;
    const rows = this.count - left;
    if (rows === 0) throw new InputError(`${this.#source}: there are no rows of numbers`);
    return {
      shape: [rows, columns],
      data: this.#data.take(left * columns),
      firstLine: this.#firstLine + left,
      ...(this.#textColumn >= 0 && { cells: this.#cells.take(left) }),
      ...(this.#hasLabels && { labels: this.#labels.take(left * this.#targets.length) }),
    };
  }

  /** The end of a cell that is passed over. @throws InputError where it is no text */
  #skipped(bytes: Uint8Array, start: number, end: number, separator: number): number {
    let at = start;
    let isAscii = true;
    for (; at < end && bytes[at] !== separator; at++) isAscii &&= bytes[at]! < 0x80;
    if (!isAscii) decode(bytes.subarray(start, at), this.#source);
    return at;
  }

  #isSkipped(column: number): boolean {
    return this.#skipsTargets && (this.#labelOf[column] ?? -1) >= 0;
  }

  #put(column: number, value: number): void {
    const place = this.#hasLabels ? (this.#labelOf[column] ?? -1) : -1;
    if (place < 0) this.#data.push(value);
    else this.#row[place] = value;
  }

  #end(): void {
    if (this.#hasLabels) for (const value of this.#row) this.#labels.push(value);
    this.count++;
  }

  /** Takes the number that begins there. @returns where the cell ends; −1 where it is no number, or one that is refused */
  #number(bytes: Uint8Array, start: number, end: number, separator: number, column: number): number {
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
    const isExact = digits > 0 && digits <= exactDigits && this.#names.size === 0;
    if (isExact && (at === end || bytes[at] === separator)) {
      const size = decimals === 0 ? value : value / powers[decimals]!;
      this.#put(column, isNegative ? -size : size);
      return at;
    }
    while (at < end && bytes[at] !== separator) at++;
    const text = textOf(bytes, start, at, this.#source);
    const number = numberIn(text, this.#names);
    if (!Number.isFinite(number) || (Math.abs(number) > Number.MAX_SAFE_INTEGER && isTooLarge(text.trim()))) return -1;
    this.#put(column, number);
    return at;
  }
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
