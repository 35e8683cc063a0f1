import { distance } from 'fastest-levenshtein';

/** ` (did you mean "hidden"?)` where one of the known names is near enough to a mistyped one, otherwise nothing. */
export function suggestion(name: string, known: readonly string[]): string {
  const typed = name.toLowerCase();
  const near = known
    .map((candidate) => ({ candidate, distance: distance(typed, candidate.toLowerCase()) }))
    .filter((entry) => entry.distance <= tolerance(entry.candidate))
    .sort((a, b) => a.distance - b.distance)[0];
  return near === undefined ? '' : ` (did you mean "${near.candidate}"?)`;
}

/** Half of the letters may be wrong; W3 could be any of W1 and W2, so names of one or two must be right but for their case. */
function tolerance(name: string): number {
  return name.length > 2 ? name.length / 2 : 0;
}
