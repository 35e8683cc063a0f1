import type { Settings } from '../config/settings.ts';
import { suggestion } from '../config/suggestion.ts';
import { compareSettings } from './columns.ts';
import type { Comparison, Condition } from './condition.ts';

/** How many values are named at most. */
const mostNamed = 8;

/**
 * Which comparisons of a condition hold for none of the rows, in words, with the values that there are. Empty where each holds
 * for some of the rows, though not all of them for the same.
 */
export function unmetComparisons({ comparisons }: Condition, rows: readonly Settings[]): string[] {
  return comparisons.filter(({ holds }) => !rows.some(holds)).map((comparison) => wordsOf(comparison, rows));
}

function wordsOf({ name, text, operand }: Comparison, rows: readonly Settings[]): string {
  const values = new Set(rows.map((row) => row[name]).filter((value) => value !== undefined));
  const sorted = [...values].sort(compareSettings);
  const hint = suggestion(
    operand,
    sorted.filter((value) => typeof value === 'string'),
  );
  return `no run has ${text}${hint}: "${name}" is ${rangeOf(sorted)}`;
}

function rangeOf(sorted: readonly unknown[]): string {
  if (sorted.length <= mostNamed) return sorted.join(', ') || 'nowhere said';
  if (sorted.every((value) => typeof value === 'number')) return `from ${sorted[0]} to ${sorted.at(-1)}`;
  return `one of ${sorted.length} others`;
}
