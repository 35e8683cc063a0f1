/** Whether the first class in this order scores more than the second. */
export function isAhead([first, second]: readonly number[], scores: ArrayLike<number>): boolean {
  return first !== undefined && (second === undefined || scores[first]! > scores[second]!);
}
