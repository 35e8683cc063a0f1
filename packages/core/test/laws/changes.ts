import {
  type CircuitSettings,
  findRule,
  layOut,
  type Numbers,
  type ParameterValue,
  RandomStream,
  Reading,
} from '../../src/index.ts';
import { vectors } from '../readings.ts';

/** m and n of the circuits whose changes are compared. */
export const sizes = { inputs: 4, labels: 3 };

/** Weights by name, in float64. */
export type Weights = Readonly<Record<string, Numbers>>;

/** A circuit's reading at the weights, which learns nothing. */
export function readingAt(rule: string, settings: CircuitSettings, weights: Weights, seed = 0): Reading {
  return new Reading({ ...layOut(findRule(rule), settings, sizes), plasticity: new Map() }, { weights, seed });
}

/** What synapses gain from a batch, their mean, at the weights: one list a matrix. */
export function changesOf(
  rule: string,
  settings: CircuitSettings,
  weights: Weights,
  { X, Y }: { readonly X: readonly number[][]; readonly Y: readonly number[][] },
  parameters: Readonly<Record<string, ParameterValue>> = {},
): Readonly<Record<string, readonly number[]>> {
  const { changes } = readingAt(rule, { ...settings, parameters }, weights).respond(vectors(X), vectors(Y));
  return Object.fromEntries(Object.entries(changes).map(([name, { data }]) => [name, [...data]]));
}

/** Random weights of all synapses of the circuit, N(0, 1/n), biases N(0, 1/4). */
export function randomWeights(rule: string, settings: CircuitSettings, seed: number): Record<string, Numbers> {
  const { allSynapses } = layOut(findRule(rule), settings, sizes).circuit;
  const stream = new RandomStream(seed, 'weights');
  return Object.fromEntries(
    allSynapses.map(({ name, pre, post, options }) => {
      const sd = options.bias ? 0.5 : 1 / Math.sqrt(pre.size);
      const data = Array.from({ length: pre.size * post.size }, () => sd * stream.normal());
      return [name, { rows: post.size, cols: pre.size, data }];
    }),
  );
}

export function transpose({ rows, cols, data }: Numbers): Numbers {
  return {
    rows: cols,
    cols: rows,
    data: Array.from({ length: rows * cols }, (_, at) => data[(at % rows) * cols + Math.floor(at / rows)]!),
  };
}

/** The weights with B_l = W_{l+1}ᵀ of every layer. */
export function mirrored(weights: Weights): Weights {
  return Object.fromEntries(
    Object.entries(weights).map(([name, matrix]) => {
      const above = name.startsWith('B') ? weights[`W${Number(name.slice(1)) + 1}`] : undefined;
      return [name, above ? transpose(above) : matrix];
    }),
  );
}
