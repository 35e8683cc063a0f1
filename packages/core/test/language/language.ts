import {
  type Circuit,
  createNetwork,
  defineRule,
  type Network,
  type NetworkOptions,
  type Population,
  RandomStream,
  type Reading,
  type Rule,
  type Signal,
  type Synapses,
} from '../../src/index.ts';
import { normals, rates } from '../fixtures.ts';
import { readingOf, vectors, worstError } from '../readings.ts';

// Rules of the tests' own, each of which uses one thing that the language has.

/** m, k and n of the networks. */
export const sizes = { inputs: 5, hidden: 3, labels: 2 };

/** What all of these rules have: cells that the stimulus drives through W1, and W2 from them to the label. */
export interface Laid {
  readonly circuit: Circuit;
  readonly cells: Population<'cells'>;
  readonly W1: Synapses<'stimulus', 'cells'>;
  readonly W2: Synapses<'cells', 'label'>;
}

export type Learn = (x: Signal<'stimulus'>, y: Signal<'label'>) => void;

/** A rule that lays what the function lays besides, and learns as it says. */
export function ruleOf(lay: (laid: Laid) => Learn): Rule {
  return defineRule({
    name: 'example',
    title: 'An example',
    year: 2024,
    source: 'a test',
    shape: { depth: 'one', outputs: ['linear'], biases: false },
    parameters: {},
    build(circuit, { hidden: [k = 1] }) {
      const cells = circuit.population('cells', k);
      const W1 = circuit.synapses('W1', circuit.stimulus, cells, { normal: 1, fan: 'in' });
      const W2 = circuit.synapses('W2', cells, circuit.label, { normal: 1, fan: 'in' });
      return {
        transform: (x) => W1.drive(x),
        predict: (x) => W2.drive(W1.drive(x)),
        learn: lay({ circuit, cells, W1, W2 }),
      };
    },
  });
}

/** The options of a network of the rule at a rate of η for all synapses. */
export function optionsOf(rule: Rule, eta = 0.1, changes: Partial<NetworkOptions> = {}): NetworkOptions {
  return { rule, ...sizes, seed: 3, rates: rates(rule, { eta0: eta }), ...changes };
}

/** Random inputs and labels. */
export function samplesOf(count: number, seed = 1): { readonly X: number[][]; readonly Y: number[][] } {
  const rows = (from: number, length: number) =>
    Array.from({ length: count }, (_, s) => normals(from + s, length).map(Math.fround));
  return { X: rows(1000 * seed, sizes.inputs), Y: rows(1000 * seed + 500, sizes.labels) };
}

/** A network and its reading that have learned the same. */
export interface Learned {
  readonly network: Network;
  readonly reading: Reading;
  /** The weights, running means and states that last: as they were, and as the reading has learned them. */
  readonly start: Readonly<Record<string, readonly number[]>>;
  readonly end: Readonly<Record<string, readonly number[]>>;
  /** The largest error of the kernels against the reading. */
  readonly error: number;
}

/** Teaches a network of the rule on its kernels, and its reading. */
export async function learnBoth(options: NetworkOptions, { X, Y }: ReturnType<typeof samplesOf>): Promise<Learned> {
  const network = await createNetwork(options);
  const reading = readingOf(network, options);
  const start = listed(reading);
  const { batch = 1 } = options;
  for (let first = 0; first < X.length; first += batch) {
    reading.learn(vectors(X.slice(first, first + batch)), vectors(Y.slice(first, first + batch)));
  }
  network.partialFit(X.flat(), Y.flat());
  return { network, reading, start, end: listed(reading), error: worstError(network, reading) };
}

function listed(reading: Reading): Record<string, readonly number[]> {
  return Object.fromEntries(Object.entries(reading.weights()).map(([name, { data }]) => [name, [...data]]));
}

/** W v of a matrix in one row after the other. */
export function times(W: readonly number[], v: readonly number[]): number[] {
  return Array.from({ length: W.length / v.length }, (_, i) =>
    v.reduce((sum, value, j) => sum + W[i * v.length + j]! * value, 0),
  );
}

/** Wᵀ v. */
export function timesTransposed(W: readonly number[], v: readonly number[]): number[] {
  const columns = W.length / v.length;
  return Array.from({ length: columns }, (_, j) => v.reduce((sum, value, i) => sum + W[i * columns + j]! * value, 0));
}

/** W + η Σ of post preᵀ */
export function plusOuter(
  W: readonly number[],
  eta: number,
  post: readonly number[],
  pre: readonly number[],
): number[] {
  return W.map((w, at) => w + eta * post[Math.floor(at / pre.length)]! * pre[at % pre.length]!);
}

/** Of equal lists, entry by entry. */
export function combine(a: readonly number[], b: readonly number[], f: (a: number, b: number) => number): number[] {
  return a.map((value, i) => f(value, b[i]!));
}

/** A k × k matrix that is far from singular. */
export function invertible(seed: number, k: number): number[] {
  const stream = new RandomStream(seed, 'matrix');
  return Array.from({ length: k * k }, (_, at) => 0.4 * stream.normal() + (at % (k + 1) === 0 ? 2 : 0));
}
