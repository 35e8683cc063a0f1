export { objectiveWords as formatObjective, readingWords as formatReading } from '@apical/experiments';

/** 100000 → "100,000". */
export function formatCount(count: number): string {
  return count.toLocaleString('en');
}

/** "1 run", "2,000 runs". */
export function formatCounted(count: number, what: string): string {
  return `${formatCount(count)} ${what}${count === 1 ? '' : 's'}`;
}

/** A duration in words short enough for a progress line: "1.5 s", "12 min", "3 h 5 min". */
export function formatSeconds(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 100) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A share from 0 to 1 in per cent with two decimals: 94.35 %. */
export function formatPercent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

/** Rows of cells as lines, each column as wide as its widest cell; numbers of `right` are right-aligned columns. */
export function formatTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [j, cell] of row.entries()) widths[j] = Math.max(widths[j] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row
        .map((cell, j) => (right.includes(j) ? cell.padStart(widths[j] ?? 0) : cell.padEnd(widths[j] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
