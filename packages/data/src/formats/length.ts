/** "1,234 bytes". */
export function byteCount(bytes: number): string {
  return `${bytes.toLocaleString('en')} ${bytes === 1 ? 'byte' : 'bytes'}`;
}

/** What to say of a file whose length is wrong. */
export function lengthProblem(expected: number, found: number): string {
  const meaning = found < expected ? 'the file is incomplete' : 'this is not the file that it should be';
  return `${byteCount(expected)} expected, ${found.toLocaleString('en')} found: ${meaning}`;
}
