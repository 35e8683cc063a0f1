/** A course of no more points than can be seen: of each piece the least and the largest, in their order. */
export function thinned(
  x: readonly number[],
  y: readonly number[],
  pieces = 900,
): { readonly x: readonly number[]; readonly y: readonly number[] } {
  if (x.length <= 2 * pieces) return { x, y };
  const kept = Array.from({ length: pieces }, (_, piece) => {
    const [from, until] = [piece, piece + 1].map((at) => Math.floor((at * x.length) / pieces)) as [number, number];
    let [low, high] = [from, from];
    for (let i = from; i < until; i++) {
      if (y[i]! < y[low]!) low = i;
      if (y[i]! > y[high]!) high = i;
    }
    return [Math.min(low, high), Math.max(low, high)];
  }).flat();
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}
