/** `1 sample`, `1,200 samples`. */
export function samples(count: number): string {
  return `${count.toLocaleString('en')} sample${count === 1 ? '' : 's'}`;
}
