import { InvalidArgumentError } from 'commander';

/** What every `--data-dir` says of itself. */
export const dataDirectoryHelp = 'folder of the data sets (default: $APICAL_DATA, or the cache folder of the user)';

const decimal = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** A finite number written in decimal (0.01, 1e-2). Its range is checked where it is used. */
export function parseNumber(text: string): number {
  const value = decimal.test(text) ? Number(text) : Number.NaN;
  if (!Number.isFinite(value)) throw new InvalidArgumentError(`A finite number is expected.`);
  return value;
}

/** A parser of whole numbers from `minimum` to `maximum`; 1e5 is one, too. */
export function wholeNumber(minimum: number, maximum = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = decimal.test(text) ? Number(text) : Number.NaN;
    if (!Number.isSafeInteger(value) || value < minimum || value > maximum) {
      const words = maximum === Number.MAX_SAFE_INTEGER ? `${maximum} (2^53 − 1)` : maximum;
      const most = value > maximum ? ` to ${words}` : '';
      throw new InvalidArgumentError(`A whole number from ${minimum}${most} is expected.`);
    }
    return value;
  };
}

/** Adds one option that can be repeated to those before it. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

/** A parser of names out of `known`, separated by commas; `all` stands for every one. */
export function namesAmong<Name extends string>(known: readonly Name[]): (text: string) => Name[] {
  return (text) => {
    const names = new Set<Name>();
    for (const word of text.split(',').map((part) => part.trim())) {
      const name = known.find((candidate) => candidate === word);
      if (name !== undefined) names.add(name);
      else if (word === 'all') for (const each of known) names.add(each);
      else throw new InvalidArgumentError(`"${word}" is none of ${known.join(', ')}, all.`);
    }
    return [...names];
  };
}

/** Names, separated by commas. */
export function parseNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

/** Spans of whole numbers, `0-4000,50000-54000`. */
export function parseSpans(text: string): [number, number][] {
  return text.split(',').map((part) => {
    const [, from, until] = /^\s*(\d+)-(\d+)\s*$/.exec(part) ?? [];
    if (from === undefined || until === undefined || Number(from) >= Number(until)) {
      throw new InvalidArgumentError(`"${part}" is no span of steps, such as 0-4000.`);
    }
    return [Number(from), Number(until)];
  });
}

/** Numbers of cells, `0-19,40`: both ends of a span are among them. */
export function parseCells(text: string): number[] {
  const cells = text.split(',').flatMap((part) => {
    const [, first, last = first] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(part) ?? [];
    if (first === undefined || Number(last) < Number(first) || Number(last) - Number(first) > 1e6) {
      throw new InvalidArgumentError(`"${part}" is no number of a cell, and no span of them, such as 0-19.`);
    }
    return Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i);
  });
  return [...new Set(cells)].sort((a, b) => a - b);
}
