/** What Parquet files begin and end with. */
export const magic = 'PAR1';

/** Whether a file begins as those of Parquet do. */
export function isParquet(bytes: Uint8Array): boolean {
  return [...magic].every((letter, i) => bytes[i] === letter.charCodeAt(0));
}
