import type { OwnPart } from './own-data.ts';

type Rows = OwnPart['data'] | Uint16Array | Float32Array;

/**
 * The samples that are learned, and those that are held out. Both lie in the memory of all of them, which are given up: the learned ones first.
 * @param isHeld 1 for each sample that is held out, else 0
 */
export function divide(whole: OwnPart, isHeld: Uint8Array): { readonly train: OwnPart; readonly test: OwnPart } {
  const held = isHeld.reduce((sum, value) => sum + value, 0);
  const parts = Object.entries(whole)
    .filter((entry): entry is [string, Rows] => typeof entry[1] === 'object')
    .map(([name, rows]) => [name, divideRows(rows, isHeld, held)] as const);
  const part = (count: number, of: 'learned' | 'held') =>
    ({ count, ...Object.fromEntries(parts.map(([name, rows]) => [name, rows[of]])) }) as unknown as OwnPart;
  return { train: part(whole.count - held, 'learned'), test: part(held, 'held') };
}

/** Fewer numbers are moved faster one by one. */
const worthACall = 64;

/** Rows in place: those that are learned move to the beginning, the others behind them. */
function divideRows<Kind extends Rows>(rows: Kind, isHeld: Uint8Array, count: number) {
  const columns = rows.length / isHeld.length;
  const held = rows.slice(0, count * columns);
  let [learned, kept] = [0, 0];
  // Rows that follow each other go together; those that are learned move towards the beginning, none over one that was not moved.
  for (let row = 0, end = 0; row < isHeld.length; row = end) {
    while (end < isHeld.length && isHeld[end] === isHeld[row]) end++;
    const [from, to] = [row * columns, end * columns];
    if (to - from >= worthACall) {
      if (isHeld[row] === 0) rows.copyWithin(learned, from, to);
      else held.set(rows.subarray(from, to), kept);
    } else if (isHeld[row] === 0) for (let i = 0; i < to - from; i++) rows[learned + i] = rows[from + i]!;
    else for (let i = 0; i < to - from; i++) held[kept + i] = rows[from + i]!;
    if (isHeld[row] === 0) learned += to - from;
    else kept += to - from;
  }
  rows.set(held, learned);
  return { learned: rows.subarray(0, learned), held: rows.subarray(learned) };
}
