/** A value of an objective with six decimals, or in scientific notation where these say nothing. */
export function objectiveWords(value: number): string {
  const size = Math.abs(value);
  return value !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(5) : value.toFixed(6);
}
