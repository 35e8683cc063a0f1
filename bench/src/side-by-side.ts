/**
 * Does something with every item, a few of them at a time. Where one fails no other is begun, and those at work are waited for.
 *
 * @param most how many at a time
 * @returns the results in the order of the items
 * @throws what the first of the items that failed has thrown
 */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  // A generator ends where one of those who take from it fails.
  const queue = (function* () {
    yield* items.entries();
  })();
  const next = async () => {
    for (const [i, item] of queue) results[i] = await work(item);
  };
  const done = await Promise.allSettled(Array.from({ length: most }, next));
  for (const each of done) if (each.status === 'rejected') throw each.reason;
  return results;
}
