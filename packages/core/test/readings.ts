import { type Network, Reading } from '../src/index.ts';

/** The network in float64, from its weights of this moment on. */
export function readingOf(network: Network, { seed = 0 }: { readonly seed?: number } = {}): Reading {
  return new Reading(network.blueprint, { weights: network.weights(), seed, ridge: network.ridge });
}

/** Vectors in float64. */
export function vectors(rows: readonly (readonly number[])[]): Float64Array[] {
  return rows.map((row) => Float64Array.from(row));
}

/** Has the reading learn samples in their order, so many at once. */
export function teach(reading: Reading, X: readonly number[][], Y: readonly number[][], batch = 1): void {
  for (let first = 0; first < X.length; first += batch) {
    reading.learn(vectors(X.slice(first, first + batch)), vectors(Y.slice(first, first + batch)));
  }
}

/**
 * The largest error of any weight matrix (running means and states, too), as a part of the largest entry that it should have; of
 * 0.01, where all are smaller: such entries can be what larger numbers that cancel have left.
 */
export function worstError(network: Network, expected: Pick<Reading | Network, 'weights'>): number {
  const [weights, right] = [network.weights(), expected.weights()];
  if (Object.keys(weights).toSorted().join() !== Object.keys(right).toSorted().join()) {
    throw new TypeError(`the network has ${Object.keys(weights)}, and should have ${Object.keys(right)}`);
  }
  const errors = Object.entries(right).map(([name, { data }]) => {
    const values = Array.from(data as ArrayLike<number>);
    const largest = Math.max(0.01, ...values.map(Math.abs));
    return Math.max(...values.map((value, i) => Math.abs(value - weights[name]!.data[i]!))) / largest;
  });
  return Math.max(...errors);
}

/** Whether all weights have stayed of the size at which they started: where learning explodes, so does every rounding error. */
export function isBounded(reading: Reading, most = 10): boolean {
  return Object.values(reading.weights()).every(({ data }) => data.every((value) => Math.abs(value) < most));
}
