import type { Settings } from '../config/settings.ts';

/** Rows as CSV (RFC 4180): a line with the columns' names, then a line a row; what a row does not have is empty. */
export function csv(rows: readonly Settings[]): string {
  const columns = columnsOf(rows);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return lines.map((cells) => `${cells.map(cellText).join(',')}\r\n`).join('');
}

/** The names of all columns, in the order in which rows have them. */
export function columnsOf(rows: readonly Settings[]): string[] {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))];
}

/** A value as a cell has it: a list as JSON; nothing for what is not a number. */
export function cellText(value: unknown): string {
  const text =
    value === undefined || value === null || Number.isNaN(value)
      ? ''
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
