/**
 * How many values there are in each of some equal parts of a range, by the middle of the part; those at the upper end are in the last,
 * and those beyond an end in none.
 */
export function histogram(values: ArrayLike<number>, low: number, high: number, parts: number) {
  const width = (high - low) / parts;
  const y = new Array<number>(parts).fill(0);
  for (const value of Array.from(values)) {
    const part = Math.min(parts - 1, Math.floor((value - low) / width));
    if (value >= low && value <= high) y[part]! += 1;
  }
  return { x: y.map((_, part) => low + (part + 0.5) * width), y };
}
