import { InputError } from '@apical/core';
import { commaWords, hasComma, isDecimal, isNumeric, isTooLarge, shown, tooLargeWords } from './csv-cells.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import { isMissing, isMissingNumber, missingWords } from './missing.ts';
import type { NumericData } from './numeric-array.ts';

/** The cells of a column, a row each: texts, of which each is kept once, or numbers. */
export type Cells =
  | { readonly kinds: readonly string[]; readonly codes: Uint16Array }
  | { readonly kinds?: undefined; readonly numbers: NumericData };

/** Of more different texts there are no classes. */
export const mostKinds = 1000;
const chunkLength = 2 ** 18;

/**
 * The cells of a column that is learned, one after the other: as texts as long as there are few different ones, so that it can be said later what
 * they are; where there are many, all must be numbers, and are kept as such.
 */
export class GrowingCells {
  readonly #place: (row: number) => string;
  readonly #areNames: boolean;
  readonly #kinds: string[] = [];
  /** The row in which each was first. */
  readonly #rows: number[] = [];
  readonly #codeOf = new Map<string, number>();
  readonly #known = new Map<number, { readonly bytes: Uint8Array; readonly code: number }>();
  #codes: Uint16Array<ArrayBuffer>[] = [];
  #last = new Uint16Array(chunkLength);
  #length = 0;
  #numbers: GrowingNumbers | undefined;

  /**
   * @param place what to call the cell of a row in messages: `x.csv: line 5: kind`
   * @param areNames whether all are known to be names of classes, so that none stands for what is missing
   */
  constructor(place: (row: number) => string, areNames = false) {
    this.#place = place;
    this.#areNames = areNames;
  }

  /** @throws InputError for what is missing, and for more different texts than there are classes */
  push(text: string): void {
    const code = this.#numbers ? undefined : (this.#codeOf.get(text) ?? this.#newCode(text));
    if (code === undefined) this.#pushNumber(text);
    else this.#pushCode(code);
  }

  /** Whether the text that bytes are was there before: it is then pushed, and not made anew. */
  pushKnown(bytes: Uint8Array, start: number, end: number): boolean {
    const known = this.#known.get(hashOf(bytes, start, end));
    if (!known || !isSame(known.bytes, bytes, start, end)) return false;
    this.#pushCode(known.code);
    return true;
  }

  /** Pushes the text that bytes are, so that they are known from then on. */
  pushNew(text: string, bytes: Uint8Array, start: number, end: number): void {
    this.push(text);
    const code = this.#codeOf.get(text);
    if (code !== undefined) this.#known.set(hashOf(bytes, start, end), { bytes: bytes.slice(start, end), code });
  }

  /**
   * All of them but the first ones. What is kept here is given up.
   * @throws InputError for what stands for no number where all others are numbers
   */
  take(left: number): Cells {
    this.#refuseAmongNumbers();
    if (this.#numbers) return { numbers: this.#numbers.take(left) };
    const codes = this.#allCodes().subarray(left);
    if (left === 0) return { kinds: this.#kinds, codes };
    const there = this.#kinds.map((_, code) => codes.includes(code));
    const places = there.map((_, code) => there.slice(0, code).filter(Boolean).length);
    return { kinds: this.#kinds.filter((_, code) => there[code]), codes: codes.map((code) => places[code]!) };
  }

  #pushCode(code: number): void {
    const at = this.#length % chunkLength;
    if (at === 0 && this.#length > 0) {
      this.#codes.push(this.#last);
      this.#last = new Uint16Array(chunkLength);
    }
    this.#last[at] = code;
    this.#length++;
  }

  /** Undefined where there are too many texts to have codes. */
  #newCode(text: string): number | undefined {
    if (!this.#areNames && isMissing(text)) this.#refuseMissing(this.#length, text);
    if (this.#kinds.length === mostKinds) {
      this.#toNumbers();
      return undefined;
    }
    const code = this.#kinds.length;
    this.#kinds.push(text);
    this.#rows.push(this.#length);
    this.#codeOf.set(text, code);
    return code;
  }

  #allCodes(): Uint16Array<ArrayBuffer> {
    const codes = new Uint16Array(this.#length);
    for (const [i, chunk] of [...this.#codes, this.#last].entries()) {
      codes.set(chunk.subarray(0, codes.length - i * chunkLength), i * chunkLength);
      // Frees it now, not at some time.
      chunk.buffer.transfer(0);
    }
    this.#codes = [];
    return codes;
  }

  #toNumbers(): void {
    const bad = this.#kinds.findIndex((kind) => !isDecimal(kind) || isTooLarge(kind));
    if (bad >= 0) this.#refuse(this.#rows[bad]!, this.#kinds[bad]!);
    const values = this.#kinds.map(Number);
    this.#numbers = new GrowingNumbers();
    for (const code of this.#allCodes()) this.#numbers.push(values[code]!);
    this.#codeOf.clear();
    this.#known.clear();
  }

  #pushNumber(text: string): void {
    if (!isDecimal(text) || isTooLarge(text)) this.#refuse(this.#numbers!.length, text);
    this.#numbers!.push(Number(text));
  }

  #refuseAmongNumbers(): void {
    if (this.#areNames || !this.#kinds.some((kind) => isDecimal(kind) || hasComma(kind))) return;
    const others = this.#kinds.filter((kind) => !isDecimal(kind));
    const [first] = others;
    if (first === undefined || !others.every((kind) => isMissingNumber(kind) || isNumeric(kind) || hasComma(kind)))
      return;
    const row = this.#rows[this.#codeOf.get(first)!]!;
    if (isMissingNumber(first)) this.#refuseMissing(row, first);
    const what = hasComma(first) ? `, which ${commaWords}` : ', which is not a finite number';
    throw new InputError(`${this.#place(row)} is ${shown(first)}${what}`);
  }

  #refuseMissing(row: number, text: string): never {
    const orClass =
      text !== '' && this.#kinds.some((kind) => !isNumeric(kind)) ? ', or, if it is a class, call it otherwise' : '';
    throw new InputError(`${this.#place(row)}${missingWords(text)}${orClass}`);
  }

  #refuse(row: number, text: string): never {
    if (isMissingNumber(text)) this.#refuseMissing(row, text);
    if (isTooLarge(text)) throw new InputError(`${this.#place(row)} is ${shown(text)}, which ${tooLargeWords}`);
    throw new InputError(
      `${this.#place(row)} is ${shown(text)}, which is no number, and there are more than ${mostKinds.toLocaleString('en')} different ones: too many for classes`,
    );
  }
}

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at++) hash = (Math.imul(hash, 31) + bytes[at]!) | 0;
  return hash;
}

function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (known.length !== end - start) return false;
  for (let i = 0; i < known.length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
