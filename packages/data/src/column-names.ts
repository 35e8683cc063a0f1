import { shortened } from './formats/csv-cells.ts';

/** More names than this are not told. */
const mostTold = 8;

/** What of columns is otherwise than of those that are known, in words; undefined where both have the same names, in any order. */
export function differenceOf(names: readonly string[], known: readonly string[]): string | undefined {
  const [there, wanted] = [new Set(names), new Set(known)];
  const missing = known.filter((name) => !there.has(name));
  const unknown = names.filter((name) => !wanted.has(name));
  const parts = [
    ...(missing.length > 0 ? [`${listed(missing)} ${missing.length > 1 ? 'are' : 'is'} missing`] : []),
    ...(unknown.length > 0 ? [`${listed(unknown)} ${unknown.length > 1 ? 'are' : 'is'} unknown`] : []),
  ];
  if (parts.length > 0) return parts.join('; ');
  return names.length === known.length ? undefined : 'of some there are several';
}

/** Names in words, the first few of many; in quotes where they would read as several. */
export function listed(names: readonly string[]): string {
  const told = names.slice(0, mostTold).map(quoted).join(', ');
  return names.length > mostTold ? `${told}, …` : told;
}

function quoted(name: string): string {
  const text = shortened(name);
  if (!/,|^\s|\s$/.test(text)) return text;
  // Other quotes than are in it, so that it reads as it is.
  return text.includes('"') ? `“${text}”` : `"${text}"`;
}
