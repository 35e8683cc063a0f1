import type { TargetValues } from '../src/own/labelled-table.ts';

/** What is to be learned of each row, as a text. */
export function textsOf(values: TargetValues): string[] {
  if ('labels' in values) throw new Error('several numbers a row');
  if (values.kinds) return Array.from(values.codes, (code) => values.kinds[code]!);
  return Array.from(values.numbers, String);
}
