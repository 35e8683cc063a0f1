/** A count with its thousands grouped: 10,000,000. */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A value of objective (1) with as many decimals as the paper prints; 'no value' where there is no finite value. */
export function objectiveValue(value: number | null, decimals = 4): string {
  if (value === null || !Number.isFinite(value)) return 'no value';
  return Math.abs(value) < 1000 ? value.toFixed(decimals) : value.toExponential(2);
}

/** Mean ± standard deviation, the latter left out where it is not defined. */
export function meanAndSd(mean: number, sd: number, plusMinus = ' ± '): string {
  const shown = objectiveValue(mean);
  return Number.isFinite(mean) && Number.isFinite(sd) ? `${shown}${plusMinus}${objectiveValue(sd)}` : shown;
}

/** A wall time in words: 48 s, 3 min 20 s, 2 h 5 min. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
