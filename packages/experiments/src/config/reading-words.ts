/** What was read or measured with five significant digits, or in scientific notation where these say nothing. */
export function readingWords(value: number): string {
  const size = Math.abs(value);
  return size !== 0 && (size < 1e-4 || size >= 1e6) ? value.toExponential(3) : String(Number(value.toPrecision(5)));
}
