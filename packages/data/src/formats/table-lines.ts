import { decodeText, InputError } from '@apical/core';
import { refuseMistaken } from './mistaken.ts';
import { cellEnd, QuotedLine, unquote } from './quoted-line.ts';

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

/** What takes the lines of a table, which are numbered from 1 on. */
export interface LineSink {
  /**
   * A line without its line end and its quotes: the bytes from `start` to `end`, which are there until it returns.
   * @param separator what stands between the cells where it is not what the file has: `cellEnd`, where cells hold that
   */
  bytes(bytes: Uint8Array, start: number, end: number, line: number, separator?: number): void;
}

/**
 * Takes a table apart line by line: UTF-8, or UTF-16 with its mark; lines of Unix, Windows or the old Mac; cells may stand in double quotes.
 * What separates cells is said, or found: that of comma, semicolon and tab which gives the first lines equally many cells.
 */
export class TableLines {
  readonly #source: string;
  #separator: Separator | undefined;
  #wide: InstanceType<typeof TextDecoder> | undefined;
  #lineEnd = newline;
  #isBegun = false;
  /** What has come and is not taken apart yet: of a large file no memory is taken for each piece. */
  #work = new Uint8Array(2 * pieceBytes);
  #length = 0;
  #line = 1;
  readonly #quoted = new QuotedLine();

  /** @param source the file's name, for messages */
  constructor(source: string, separator?: Separator) {
    this.#source = source;
    this.#separator = separator;
  }

  /** What separates cells; known as soon as something has come. */
  get separator(): Separator {
    return this.#separator ?? ',';
  }

  /**
   * Takes the next bytes of the file.
   * @param piece of at least `pieceBytes` but for the last; it is done with when this returns
   * @throws InputError for what is no text, and for quotes that are not closed
   */
  add(piece: Uint8Array, sink: LineSink): void {
    const bytes = this.#isBegun ? piece : this.#begin(piece);
    const text = this.#wide ? this.#narrow(bytes, true) : bytes;
    if (!this.#isBegun) {
      this.#isBegun = true;
      const isOld = !text.includes(newline) && text.subarray(0, -1).includes(carriageReturn);
      this.#lineEnd = isOld ? carriageReturn : newline;
      this.#separator ??= findSeparator(text, this.#lineEnd, piece.length >= pieceBytes - markBytes);
    }
    this.#append(text);
    this.#takeLines(sink);
  }

  /** Takes what is left at the end of the file. @throws InputError as `add` */
  end(sink: LineSink): void {
    if (this.#wide) this.#append(this.#narrow(new Uint8Array(), false));
    this.#takeLines(sink);
    const length = this.#length;
    if (length === 0) return;
    if (this.#work.subarray(0, length).includes(quote)) this.#takeQuoted(0, length, sink);
    else this.#takePlain(0, length, sink);
    this.#length = 0;
  }

  /** The first piece without its mark. */
  #begin(piece: Uint8Array): Uint8Array {
    refuseMistaken(piece, this.#source);
    const [first, second, third] = piece;
    if (first === 0xff && second === 0xfe) this.#wide = new TextDecoder('utf-16le', { fatal: true });
    if (first === 0xfe && second === 0xff) this.#wide = new TextDecoder('utf-16be', { fatal: true });
    return first === 0xef && second === 0xbb && third === 0xbf ? piece.subarray(markBytes) : piece;
  }

  /** UTF-16 as UTF-8. */
  #narrow(bytes: Uint8Array, stream: boolean): Uint8Array {
    try {
      return new TextEncoder().encode(this.#wide!.decode(bytes, { stream }));
    } catch (error) {
      throw new InputError(`${this.#source}: is not a text in UTF-16`, { cause: error });
    }
  }

  #append(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#work.length) {
      const larger = new Uint8Array(2 * (this.#length + bytes.length));
      larger.set(this.#work.subarray(0, this.#length));
      this.#work = larger;
    }
    this.#work.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Takes the lines that are whole. */
  #takeLines(sink: LineSink): void {
    const text = this.#work.subarray(0, this.#length);
    let nextQuote = text.indexOf(quote);
    let start = 0;
    for (;;) {
      let end = text.indexOf(this.#lineEnd, start);
      const hasQuotes = nextQuote >= 0 && (end < 0 || end > nextQuote);
      if (hasQuotes) end = this.#quoted.endIn(text, start, this.separator.charCodeAt(0), this.#lineEnd);
      if (end < 0) break;
      if (!hasQuotes) this.#takePlain(start, end, sink);
      else if (this.#quoted.isPlain) this.#takePlain(start, withoutQuotes(text, start, end), sink);
      else this.#takeQuoted(start, end, sink);
      start = end + 1;
      if (!hasQuotes) continue;
      this.#quoted.reset();
      nextQuote = text.indexOf(quote, start);
    }
    this.#work.copyWithin(0, start, this.#length);
    this.#length -= start;
    if (this.#length <= longestLine) return;
    const line = this.#line.toLocaleString('en');
    throw new InputError(`${this.#source}: line ${line} is too long: are a cell's quotes not closed?`);
  }

  #takePlain(start: number, end: number, sink: LineSink): void {
    const isWindows = end > start && this.#work[end - 1] === carriageReturn;
    sink.bytes(this.#work, start, isWindows ? end - 1 : end, this.#line++);
  }

  /** A line with cells that hold separators, line ends or quotes. */
  #takeQuoted(start: number, end: number, sink: LineSink): void {
    const isWindows = end > start && this.#work[end - 1] === carriageReturn;
    const to = unquote(this.#work, start, isWindows ? end - 1 : end, this.separator.charCodeAt(0));
    if (to < 0) {
      const place = `line ${this.#line.toLocaleString('en')}`;
      throw new InputError(
        `${this.#source}: ${place} or after it: a cell's quotes are not closed, or text follows them`,
      );
    }
    sink.bytes(this.#work, start, to, this.#line++, cellEnd);
    for (let at = start; at < to; at++) if (this.#work[at] === this.#lineEnd) this.#line++;
  }
}

/** A file that is in memory, in pieces. */
export function* piecesOf(bytes: Uint8Array): Generator<Uint8Array, void> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

/** Takes the quotes out. @returns where the line ends then */
function withoutQuotes(bytes: Uint8Array, start: number, end: number): number {
  let to = start;
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    if (byte !== quote) bytes[to++] = byte;
  }
  return to;
}

/** The cells of a line. @throws InputError for bytes that are no text */
export function splitCells(
  bytes: Uint8Array,
  start: number,
  end: number,
  separator: number,
  source: string,
): readonly string[] {
  if (separator !== cellEnd) return decode(bytes.subarray(start, end), source).split(String.fromCharCode(separator));
  const cells: string[] = [];
  for (let from = start; from <= end; ) {
    const found = bytes.indexOf(cellEnd, from);
    const to = found < 0 || found > end ? end : found;
    cells.push(decode(bytes.subarray(from, to), source));
    from = to + 1;
  }
  return cells;
}

/** @throws InputError for bytes that are no text */
export function decode(bytes: Uint8Array, source: string): string {
  const text = decodeText(bytes, source);
  if (text.includes('\0')) throw new InputError(`${source}: is not a text: it has bytes that are zero`);
  return text;
}

/** A decimal comma is in every line, too: semicolons and tabs go before commas. @param isCut whether the last line may not be whole */
function findSeparator(bytes: Uint8Array, lineEnd: number, isCut: boolean): Separator {
  const text = new TextDecoder().decode(bytes.subarray(0, pieceBytes));
  const lines = text
    .replaceAll(/"[^"]*"/g, '')
    .split(lineEnd === newline ? '\n' : '\r')
    .slice(0, inspectedLines + 1);
  // The last is whole only where it is the file's last.
  if (lines.length > inspectedLines || (lines.length > 1 && isCut)) lines.pop();
  const counts = lines.filter((line) => line.trim() !== '');
  for (const separator of ['\t', ';'] as const) {
    const [first, ...others] = counts.map((line) => line.split(separator).length);
    if (first !== undefined && first > 1 && others.every((count) => count === first)) return separator;
  }
  const [first = ''] = counts;
  const most = ([',', ';', '\t'] as const).toSorted((a, b) => first.split(b).length - first.split(a).length);
  return most[0]!;
}
