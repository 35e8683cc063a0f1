/** Where a row of an array or of a Parquet file is, in messages: programs that show them count so, where lines of tables count from 1. */
export function placeOfRow(row: number): string {
  return `row ${row} (from 0)`;
}
