import type { Parts } from './hold-out.ts';
import type { OwnPart } from './own-data.ts';

type Rows = OwnPart['data'] | Uint16Array | Float32Array;

/**
 * The samples that are learned, and those that are held out. Both lie in the memory of all of them, which are given up: the learned ones first.
 */
export function divide(whole: OwnPart, { train, test }: Parts): { readonly train: OwnPart; readonly test: OwnPart } {
  const parts = Object.entries(whole)
    .filter((entry): entry is [string, Rows] => typeof entry[1] === 'object')
    .map(([name, rows]) => [name, divideRows(rows, whole.count, train, test)] as const);
  const part = (count: number, of: 'learned' | 'held') =>
    ({ count, ...Object.fromEntries(parts.map(([name, rows]) => [name, rows[of]])) }) as unknown as OwnPart;
  return { train: part(train.length, 'learned'), test: part(test.length, 'held') };
}

/** Rows in place: those that are learned move to the beginning, the others behind them. */
function divideRows<Kind extends Rows>(rows: Kind, count: number, train: Uint32Array, test: Uint32Array) {
  const columns = rows.length / count;
  const held = rows.slice(0, test.length * columns);
  for (const [i, row] of test.entries()) held.set(rows.subarray(row * columns, (row + 1) * columns), i * columns);
  // The learned rows ascend: none is written over before it is moved.
  for (const [i, row] of train.entries()) rows.copyWithin(i * columns, row * columns, (row + 1) * columns);
  rows.set(held, train.length * columns);
  return { learned: rows.subarray(0, train.length * columns), held: rows.subarray(train.length * columns) };
}
