/** A word of a shell's command line. */
export function shellWord(word: string): string {
  return /^[\w.,:/+@=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
