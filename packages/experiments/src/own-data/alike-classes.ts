import { listed } from '@apical/data';

/** Two classes whose names are hardly to be told apart, in words; undefined where there are none. */
export function alikeClasses(names: readonly string[]): string | undefined {
  const first = new Map<string, string>();
  for (const name of names) {
    const seen = name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/\p{Cf}/gu, '')
      .replaceAll(/\s+/g, ' ')
      .trim();
    const other = first.get(seen);
    if (other !== undefined) {
      return `${listed([other])} and ${listed([name])} are two classes: they differ only in case, spaces or signs that are not seen`;
    }
    first.set(seen, name);
  }
  return undefined;
}
