import { bytesGiven, decodeText, InputError } from '@apical/core';
import Papa from 'papaparse';

/** What can stand between the cells of a table. */
export type Separator = ',' | ';' | '\t';

export const separatorNames = { comma: ',', semicolon: ';', tab: '\t' } as const satisfies Record<string, Separator>;

/** About how many bytes are taken apart at once: whole lines. */
const pieceBytes = 1 << 18;
/** How many lines are looked at to find what separates cells. */
const inspectedLines = 20;
const [newline, carriageReturn, quote] = [0x0a, 0x0d, 0x22];

/** The cells of a line; of one that is empty, one empty cell. */
export interface TableLine {
  readonly cells: readonly string[];
  /** Its number, from 1 on. */
  readonly line: number;
}

/** A table's text, taken apart line by line. */
export interface TableText {
  readonly separator: Separator;
  /** At least as many as there are lines, lines within quotes counted, too. */
  readonly mostLines: number;
  readonly bytes: number;
  rows(): Generator<TableLine, void>;
}

/**
 * Takes a table apart: UTF-8, or UTF-16 with its mark; lines of Unix, Windows or the old Mac; cells may stand in double quotes.
 *
 * @param separator what separates cells; by default that of comma, semicolon and tab which gives the first lines equally many cells
 * @throws InputError, from `rows`, too, for what is no text, and for quotes that are not closed
 */
export function readTableText(file: Uint8Array | ArrayBuffer, source: string, separator?: Separator): TableText {
  const bytes = utf8(bytesGiven(file, source), source);
  const lineEnd = bytes.includes(newline) ? newline : carriageReturn;
  let mostLines = 1;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === lineEnd) mostLines++;
  const found = separator ?? findSeparator(bytes, lineEnd);
  return { separator: found, mostLines, bytes: bytes.length, rows: () => rowsOf(bytes, lineEnd, found, source) };
}

function* rowsOf(bytes: Uint8Array, lineEnd: number, delimiter: Separator, source: string): Generator<TableLine, void> {
  let line = 1;
  for (let start = 0; start < bytes.length; ) {
    const end = pieceEnd(bytes, start, lineEnd);
    const text = decode(bytes.subarray(start, end), source).replace(/(\r?\n|\r)$/, '');
    const first = line;
    const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: lineEnd === newline ? '\n' : '\r' });
    const wrong = errors[0];
    if (wrong) {
      const place = `line ${(first + lineEnds(data.slice(0, wrong.row))).toLocaleString('en')}`;
      throw new InputError(`${source}: ${place} or after it: a cell's quotes are not closed, or text follows them`);
    }
    for (const cells of data.length > 0 ? data : [['']]) {
      yield { cells, line };
      line += 1 + lineEnds([cells], 0);
    }
    start = end;
  }
}

/** The end of the line, outside quotes, with which about so many bytes are full. */
function pieceEnd(bytes: Uint8Array, start: number, lineEnd: number): number {
  let quoted = false;
  for (let at = start; at < bytes.length; at++) {
    if (bytes[at] === quote) quoted = !quoted;
    else if (bytes[at] === lineEnd && !quoted && at - start >= pieceBytes) return at + 1;
  }
  return bytes.length;
}

/** How many lines end within and, but for the last, after these rows. */
function lineEnds(rows: readonly (readonly string[])[], after = rows.length): number {
  let count = after;
  for (const cells of rows) {
    for (const cell of cells) if (cell.length > 1 && cell.includes('\n')) count += cell.split('\n').length - 1;
  }
  return count;
}

function utf8(bytes: Uint8Array, source: string): Uint8Array {
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) return new TextEncoder().encode(decodeText(bytes, source));
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function decode(bytes: Uint8Array, source: string): string {
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
  if (lines.length > inspectedLines || (lines.length > 1 && bytes.length > pieceBytes)) lines.pop();
  const counts = lines.filter((line) => line.trim() !== '');
  for (const separator of ['\t', ';'] as const) {
    const [first, ...others] = counts.map((line) => line.split(separator).length);
    if (first !== undefined && first > 1 && others.every((count) => count === first)) return separator;
  }
  const [first = ''] = counts;
  const most = ([',', ';', '\t'] as const).toSorted((a, b) => first.split(b).length - first.split(a).length);
  return most[0]!;
}
