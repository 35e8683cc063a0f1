import { InputError } from '@apical/core';

/** A piece of a condition: `and`, `hidden`, `>=`, `"a text"`. */
export interface Token {
  readonly text: string;
  /** Whether it is a text in quotes, which is never a name or a number. */
  readonly quoted: boolean;
  /** The 1-based column at which it begins. */
  readonly column: number;
}

const pattern = /\s*(?:(?<sign>[()]|[<>]=?|!=|==?)|"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<word>[^\s()<>=!"']+))/y;

/** Cuts a condition into its pieces. @throws InputError for what is none, with its column */
export function tokenize(condition: string): Token[] {
  const tokens: Token[] = [];
  const text = condition.trimEnd();
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const found = pattern.exec(text);
    if (found === null)
      throw new InputError(`condition "${condition}": column ${start + 1}: ${text.slice(start).trim()}?`);
    const { sign, word, double, single } = found.groups ?? {};
    const piece = sign ?? word ?? double ?? single ?? '';
    const quoted = sign === undefined && word === undefined;
    tokens.push({
      text: piece,
      quoted,
      column: pattern.lastIndex - piece.length - (quoted ? 1 : 0) + (quoted ? 0 : 1),
    });
  }
  return tokens;
}
