/** Does something with each of these, so many at a time. */
export async function each<T>(items: Iterable<T>, atATime: number, action: (item: T) => Promise<void>): Promise<void> {
  const iterator = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await action(next.value);
  };
  await Promise.all(Array.from({ length: atATime }, lane));
}
