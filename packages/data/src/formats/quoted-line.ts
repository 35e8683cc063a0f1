const [carriageReturn, quote, space] = [0x0d, 0x22, 0x20];

/** What stands between cells whose quotes are taken out: a byte that no text in UTF-8 has. */
export const cellEnd = 0xff;

/**
 * Finds where a line ends in which cells are in quotes: these open at the beginning of cells only, hold separators and line ends, and what is a
 * quote in them is written twice. A line may come in parts: what was looked at is not looked at again.
 */
export class QuotedLine {
  /** Whether quotes are nothing but around cells that do not need them. */
  isPlain = true;
  /** From the beginning of the line: up to where it was looked at, and the quote that closed last. */
  #at = 0;
  #closed = -1;
  #isOpen = false;

  /** Another line begins. */
  reset(): void {
    this.isPlain = true;
    this.#at = 0;
    this.#closed = -1;
    this.#isOpen = false;
  }

  /** The place of the line end in the text, or −1 where that has not come yet. @param start where the line begins */
  endIn(text: Uint8Array, start: number, separator: number, lineEnd: number): number {
    let closed = start + this.#closed;
    let isOpen = this.#isOpen;
    for (let at = start + this.#at; at < text.length; at++) {
      const byte = text[at];
      if (isOpen) {
        if (byte === quote) {
          isOpen = false;
          closed = at;
        } else if (byte === separator || byte === lineEnd || byte === carriageReturn) this.isPlain = false;
      } else if (byte === quote) {
        const opens = at === start || text[at - 1] === separator;
        isOpen = opens || (closed >= start && closed === at - 1);
        if (!opens) this.isPlain = false;
      } else if (byte === lineEnd) return at;
      else if (closed >= start && closed === at - 1 && byte !== separator && byte !== carriageReturn)
        this.isPlain = false;
    }
    this.#at = text.length - start;
    this.#closed = closed - start;
    this.#isOpen = isOpen;
    return -1;
  }
}

/**
 * Takes the quotes out of a line, in place, with `cellEnd` for the separators between cells, as RFC 4180 has it: what is a quote within quotes
 * stands twice; a quote elsewhere than at the beginning of a cell is one of its characters. Spaces may follow closing quotes.
 *
 * @returns where the line ends then; −1 where quotes are not closed, or text follows them, or the line has bytes that no text has
 */
export function unquote(bytes: Uint8Array, start: number, end: number, separator: number): number {
  let [at, to] = [start, start];
  for (;;) {
    if (at < end && bytes[at] === quote) {
      at++;
      for (;;) {
        if (at >= end || bytes[at] === cellEnd) return -1;
        if (bytes[at] === quote && (at + 1 >= end || bytes[at + 1] !== quote)) break;
        if (bytes[at] === quote) at++;
        bytes[to++] = bytes[at++]!;
      }
      at++;
      while (at < end && bytes[at] === space) at++;
      if (at < end && bytes[at] !== separator) return -1;
    } else {
      for (; at < end && bytes[at] !== separator; at++) {
        if (bytes[at] === cellEnd) return -1;
        bytes[to++] = bytes[at]!;
      }
    }
    if (at >= end) return to;
    bytes[to++] = cellEnd;
    at++;
  }
}
