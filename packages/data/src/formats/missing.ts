/** What pandas reads as a missing value, wherever it stands. */
const missing: ReadonlySet<string> = new Set([
  ...['', '#N/A', '#N/A N/A', '#NA', '<NA>', 'N/A', 'NA', 'n/a', 'NULL', 'null', 'None'],
  ...['NaN', 'nan', '-NaN', '-nan', '1.#IND', '-1.#IND', '1.#QNAN', '-1.#QNAN'],
]);

/** What else is written where a number is missing, and among names may be one. */
const mark = /^(n\/?a|#n\/?a|<na>|[+-]?nan|null|none|nil|missing|\?+|-+|\.+)$/i;

/** Whether a cell stands for a missing value, also among texts: as pandas reads it. */
export function isMissing(cell: string): boolean {
  return missing.has(cell);
}

/** Whether a cell stands for a missing value where all others are numbers. */
export function isMissingNumber(cell: string): boolean {
  return missing.has(cell) || mark.test(cell);
}

/** What is wrong with a cell that is missing, in words that follow its place. */
export function missingWords(cell: string): string {
  const what = cell === '' ? 'empty' : `missing: ${JSON.stringify(cell)}`;
  return ` is ${what}; fill it in, or leave the line out`;
}
