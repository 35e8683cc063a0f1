/** The powers of ten between which all values lie. */
export function decadesAround(values: readonly number[]): [number, number] {
  return [10 ** Math.floor(Math.log10(Math.min(...values))), 10 ** Math.ceil(Math.log10(Math.max(...values)))];
}

/** The powers of ten from the first to the last. */
export function powersOfTen([first, last]: readonly [number, number]): number[] {
  const count = Math.round(Math.log10(last / first));
  return Array.from({ length: count + 1 }, (_, i) => Number((first * 10 ** i).toPrecision(1)));
}
