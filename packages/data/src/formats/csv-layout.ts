import { bytesGiven, InputError } from '@apical/core';
import type { CsvOptions } from './csv.ts';
import { isNameLike, isNumeric } from './csv-cells.ts';
import { isNaming } from './csv-header.ts';
import { type LineSink, piecesOf, splitCells, TableLines } from './table-lines.ts';

/** What the columns of a table are, by its first lines. */
export interface CsvLayout {
  /** How many there are. */
  readonly columns: number;
  /** Their names, where line 1 is a header: see `readCsv`. One of 0, 1, 2, … is not known here. */
  readonly names?: readonly string[];
  /** The places of those that have texts and no numbers. */
  readonly texts: readonly number[];
}

/** So many lines are looked at, or fewer of so many cells. */
const [inspectedLines, inspectedCells] = [1000, 1e6];

/**
 * Looks at the first lines of a table: what its columns are called, and which have texts.
 *
 * @throws InputError for what is no text, and where there are no lines
 */
export function csvLayout(
  file: Uint8Array | ArrayBuffer,
  source: string,
  { separator, header }: Pick<CsvOptions, 'separator' | 'header'> = {},
): CsvLayout {
  const lines = new TableLines(source, separator);
  const first = new FirstLines(source, lines);
  for (const piece of piecesOf(bytesGiven(file, source))) if (!first.areAll) lines.add(piece, first);
  if (!first.areAll) lines.end(first);
  return first.layout(header);
}

/** The cells of the first lines. */
class FirstLines implements LineSink {
  readonly #source: string;
  readonly #lines: TableLines;
  readonly #rows: (readonly string[])[] = [];

  constructor(source: string, lines: TableLines) {
    this.#source = source;
    this.#lines = lines;
  }

  get areAll(): boolean {
    const [first] = this.#rows;
    return (
      first !== undefined && this.#rows.length >= Math.min(inspectedLines, Math.ceil(inspectedCells / first.length))
    );
  }

  bytes(bytes: Uint8Array, start: number, end: number, _line: number, separator?: number): void {
    if (this.areAll) return;
    const between = separator ?? this.#lines.separator.charCodeAt(0);
    this.#rows.push(splitCells(bytes, start, end, between, this.#source).map((cell) => cell.trim()));
  }

  layout(header: boolean | undefined): CsvLayout {
    const [first] = this.#rows;
    if (!first) throw new InputError(`${this.#source}: there are no rows of numbers`);
    const isHeader = header ?? isNaming(first, new Map());
    const rows = isHeader ? this.#rows.slice(1) : this.#rows;
    const texts = first
      .map((_, place) => place)
      .filter(
        (place) => rows.some((row) => isNameLike(row[place] ?? '')) && !rows.some((row) => isNumeric(row[place] ?? '')),
      );
    return { columns: first.length, ...(isHeader && { names: first }), texts };
  }
}
