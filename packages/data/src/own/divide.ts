import { HalfNumbers, type KeptNumbers } from '../formats/half-numbers.ts';
import type { OwnPart } from './own-data.ts';

/**
 * The samples that are learned, and those that are held out. Both lie in the memory of all of them, which are given up: the learned ones first.
 * @param isHeld 1 for each sample that is held out, else 0
 */
export function divide<Numbers extends KeptNumbers>(
  whole: OwnPart<Numbers>,
  isHeld: Uint8Array,
): { readonly train: OwnPart<Numbers>; readonly test: OwnPart<Numbers> } {
  const held = isHeld.reduce((sum, value) => sum + value, 0);
  const parts = Object.entries(whole)
    .filter((entry): entry is [string, KeptNumbers] => typeof entry[1] === 'object')
    .map(([name, rows]) => [name, divideRows(rows, isHeld, held)] as const);
  const part = (count: number, of: 'learned' | 'held') =>
    ({ count, ...Object.fromEntries(parts.map(([name, rows]) => [name, rows[of]])) }) as unknown as OwnPart<Numbers>;
  return { train: part(whole.count - held, 'learned'), test: part(held, 'held') };
}

function divideRows(rows: KeptNumbers, isHeld: Uint8Array, held: number) {
  const learned = rows.length - (held * rows.length) / isHeld.length;
  partition(wordsOf(rows, isHeld.length), isHeld);
  return { learned: rows.subarray(0, learned), held: rows.subarray(learned) };
}

type Words = Uint8Array | Uint16Array | Uint32Array;

/** What rows are made of, in as large pieces as they have: a byte, two or four. */
function wordsOf(rows: KeptNumbers, count: number): Words {
  const { buffer, byteOffset, byteLength } = rows instanceof HalfNumbers ? rows.bits : rows;
  const isOf = (size: number) => byteOffset % size === 0 && (byteLength / count) % size === 0;
  if (isOf(4)) return new Uint32Array(buffer, byteOffset, byteLength / 4);
  return isOf(2) ? new Uint16Array(buffer, byteOffset, byteLength / 2) : new Uint8Array(buffer, byteOffset, byteLength);
}

/** No more is put aside at once. */
const asideBytes = 2 ** 21;

/**
 * Rows in place: those that are learned move to the beginning, the others behind them, both in their order. A few rows are parted with some put aside; more of
 * them in halves, of which the held-out ones of the first then change places with the learned ones of the second.
 */
function partition(rows: Words, isHeld: Uint8Array): void {
  const width = rows.length / isHeld.length;
  const aside = rows.slice(0, asideBytes / rows.BYTES_PER_ELEMENT);
  /** @returns how many of the words of these rows are learned */
  const part = (first: number, end: number): number => {
    if (end - first === 1) return isHeld[first] === 1 ? 0 : width;
    if ((end - first) * width <= aside.length) return partFew(rows, isHeld, first, end, aside);
    const middle = Math.floor((first + end) / 2);
    const [left, right] = [part(first, middle), part(middle, end)];
    exchange(rows, first * width + left, middle * width, middle * width + right);
    return left + right;
  };
  if (isHeld.length > 0) part(0, isHeld.length);
}

/** Those up to `between` and those from there on change places. */
function exchange(rows: Words, from: number, between: number, to: number): void {
  rows.subarray(from, between).reverse();
  rows.subarray(between, to).reverse();
  rows.subarray(from, to).reverse();
}

/** Fewer words are moved faster one by one. */
const worthACall = 64;

function partFew(rows: Words, isHeld: Uint8Array, first: number, last: number, aside: Words): number {
  const width = rows.length / isHeld.length;
  let [learned, held] = [first * width, 0];
  // Rows that follow each other go together; those that are learned move towards the beginning, none over one that was not moved.
  for (let row = first, end = first; row < last; row = end) {
    while (end < last && isHeld[end] === isHeld[row]) end++;
    const [from, to] = [row * width, end * width];
    if (isHeld[row] === 0) {
      if (to - from >= worthACall) rows.copyWithin(learned, from, to);
      else for (let i = from, at = learned; i < to; i++, at++) rows[at] = rows[i]!;
      learned += to - from;
    } else {
      if (to - from >= worthACall) aside.set(rows.subarray(from, to), held);
      else for (let i = from, at = held; i < to; i++, at++) aside[at] = rows[i]!;
      held += to - from;
    }
  }
  rows.set(aside.subarray(0, held), learned);
  return learned - first * width;
}
