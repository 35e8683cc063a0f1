import { decodeText, InputError } from '@apical/core';
import Papa from 'papaparse';

/** What can stand between the cells of a table. */
export type Separator = ',' | ';' | '\t';

export const separatorNames = { comma: ',', semicolon: ';', tab: '\t' } as const satisfies Record<string, Separator>;

/** How many bytes are taken apart at once. */
export const pieceBytes = 1 << 18;
/** How many the mark of UTF-8 takes of them. */
const markBytes = 3;
/** A line of more is none of a table. */
const longestLine = 1 << 24;
/** How many lines are looked at to find what separates cells. */
const inspectedLines = 20;
const [newline, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

/** A line of a table: its cells, one empty cell where it is empty; or, where no cell is in quotes, its bytes without the line end. */
export type TableLine = {
  /** Its number, from 1 on. */
  readonly line: number;
} & (
  | { readonly cells: readonly string[] }
  | { readonly bytes: Uint8Array; readonly start: number; readonly end: number }
);

/** A table's text, taken apart line by line. */
export interface TableText {
  readonly separator: Separator;
  rows(): Generator<TableLine, void>;
}

/**
 * Takes a table apart: UTF-8, or UTF-16 with its mark; lines of Unix, Windows or the old Mac; cells may stand in double quotes.
 *
 * @param pieces the file, piece by piece, of at least `pieceBytes` but for the last; each is done with when the next is asked for
 * @param separator what separates cells; by default that of comma, semicolon and tab which gives the first lines equally many cells
 * @throws InputError, from `rows`, too, for what is no text, and for quotes that are not closed
 */
export function readTableText(pieces: Iterable<Uint8Array>, source: string, separator?: Separator): TableText {
  const rest = utf8(pieces[Symbol.iterator](), source);
  const first = rest.next().value ?? new Uint8Array();
  const lineEnd = first.includes(newline) || !first.subarray(0, -1).includes(carriageReturn) ? newline : carriageReturn;
  const found = separator ?? findSeparator(first, lineEnd);
  return { separator: found, rows: () => rowsOf(first, rest, lineEnd, found, source) };
}

/** A file that is in memory, in pieces. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

function* rowsOf(
  first: Uint8Array,
  rest: Iterator<Uint8Array>,
  lineEnd: number,
  separator: Separator,
  source: string,
): Generator<TableLine, void> {
  let line = 1;
  // Pieces are joined here to what is left of those before them: of a large file no memory is taken for each.
  let work = joined(first, new Uint8Array(pieceBytes));
  let { length } = first;
  for (;;) {
    const end = wholeLines(work.subarray(0, length), lineEnd);
    if (end > 0) line = yield* linesOf(work.subarray(0, end), line, lineEnd, separator, source);
    work.copyWithin(0, end, length);
    length -= end;
    if (length > longestLine) {
      throw new InputError(`${source}: line ${line.toLocaleString('en')} is too long: are a cell's quotes not closed?`);
    }
    const next = rest.next();
    if (next.done) {
      if (length > 0) yield* linesOf(work.subarray(0, length), line, lineEnd, separator, source);
      return;
    }
    if (length + next.value.length > work.length) work = joined(work, new Uint8Array(work.length + next.value.length));
    work.set(next.value, length);
    length += next.value.length;
  }
}

/** The lines of some bytes. @returns the number of the line after them */
function* linesOf(
  bytes: Uint8Array,
  from: number,
  lineEnd: number,
  delimiter: Separator,
  source: string,
): Generator<TableLine, number> {
  let line = from;
  if (!bytes.includes(quote)) {
    for (let start = 0; start < bytes.length; line++) {
      const found = bytes.indexOf(lineEnd, start);
      const end = found < 0 ? bytes.length : found;
      yield { bytes, start, end: end > start && bytes[end - 1] === carriageReturn ? end - 1 : end, line };
      start = end + 1;
    }
    return line;
  }
  const text = decode(bytes, source).replace(/(\r?\n|\r)$/, '');
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: lineEnd === newline ? '\n' : '\r' });
  const wrong = errors[0];
  if (wrong) {
    const place = `line ${(from + lineEnds(data.slice(0, wrong.row))).toLocaleString('en')}`;
    throw new InputError(`${source}: ${place} or after it: a cell's quotes are not closed, or text follows them`);
  }
  for (const cells of data.length > 0 ? data : [['']]) {
    yield { cells, line };
    line += 1 + lineEnds([cells], 0);
  }
  return line;
}

/** Where the last line ends that ends outside quotes. */
function wholeLines(bytes: Uint8Array, lineEnd: number): number {
  if (!bytes.includes(quote)) return bytes.lastIndexOf(lineEnd) + 1;
  let [quoted, end] = [false, 0];
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] === quote) quoted = !quoted;
    else if (bytes[at] === lineEnd && !quoted) end = at + 1;
  }
  return end;
}

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}

/** How many lines end within and, but for the last, after these rows. */
function lineEnds(rows: readonly (readonly string[])[], after = rows.length): number {
  let count = after;
  for (const cells of rows) {
    for (const cell of cells) if (cell.length > 1 && cell.includes('\n')) count += cell.split('\n').length - 1;
  }
  return count;
}

/** The pieces in UTF-8, without the mark. */
function* utf8(pieces: Iterator<Uint8Array>, source: string): Generator<Uint8Array, void> {
  const first = pieces.next();
  if (first.done) return;
  const bytes = first.value;
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  const all = { [Symbol.iterator]: () => pieces };
  if (isWide) {
    const whole = [bytes.slice(), ...Array.from(all, (piece) => piece.slice())].reduce<Uint8Array>(
      joined,
      new Uint8Array(),
    );
    yield* piecesOf(new TextEncoder().encode(decodeText(whole, source)));
    return;
  }
  yield bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  yield* all;
}

/** @throws InputError for bytes that are no text */
export function decode(bytes: Uint8Array, source: string): string {
  const text = decodeText(bytes, source);
  if (text.includes('\0')) throw new InputError(`${source}: is not a text: it has bytes that are zero`);
  return text;
}

/** A decimal comma is in every line, too: semicolons and tabs go before commas. */
function findSeparator(bytes: Uint8Array, lineEnd: number): Separator {
  const text = new TextDecoder().decode(bytes.subarray(0, pieceBytes));
  const lines = text
    .replaceAll(/"[^"]*"/g, '')
    .split(lineEnd === newline ? '\n' : '\r')
    .slice(0, inspectedLines + 1);
  // The last is whole only where it is the file's last.
  if (lines.length > inspectedLines || (lines.length > 1 && bytes.length >= pieceBytes - markBytes)) lines.pop();
  const counts = lines.filter((line) => line.trim() !== '');
  for (const separator of ['\t', ';'] as const) {
    const [first, ...others] = counts.map((line) => line.split(separator).length);
    if (first !== undefined && first > 1 && others.every((count) => count === first)) return separator;
  }
  const [first = ''] = counts;
  const most = ([',', ';', '\t'] as const).toSorted((a, b) => first.split(b).length - first.split(a).length);
  return most[0]!;
}
