import { InputError } from '@apical/core';
import { type KeptNumbers, widened } from './half-numbers.ts';
import { firstBad } from './numeric-array.ts';

/**
 * Refuses numbers that are no finite float32, with the place of the first.
 *
 * @param source what messages call them
 * @param firstLine of a table, the line of its first row
 */
export function checkNumbers(data: KeptNumbers, cols: number, source: string, firstLine?: number): void {
  const bad = firstBad(data);
  if (bad < 0) return;
  const [row, column] = [Math.floor(bad / cols), bad % cols];
  const place =
    firstLine === undefined
      ? `row ${row}, column ${column} (both from 0)`
      : `line ${firstLine + row}, column ${column + 1}`;
  const [value] = widened(data.subarray(bad, bad + 1));
  const why = Number.isFinite(value) ? 'float32 holds numbers up to 3.4e38' : 'every number must be finite';
  throw new InputError(`${source}: ${value} at ${place}; ${why}`);
}
