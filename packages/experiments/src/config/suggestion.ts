import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "hidden"?)` where one of the known names is near enough to a mistyped one, otherwise nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  if (known.length === 0) return '';
  const nearest = closest(name.toLowerCase(), known);
  const tolerance = Math.max(1, Math.floor(nearest.length / 3));
  return distance(name.toLowerCase(), nearest.toLowerCase()) <= tolerance ? ` (did you mean "${nearest}"?)` : '';
}
