import { createNetwork, type NetworkOptions, RandomStream, samplesOf } from '@apical/core';
import type { Problem } from '../race/problem.ts';
import type { RepresentationShape } from './shapes.ts';

const count = 2000;

/** The problem of a shape, the same at each call: independent normal numbers, whose first few have a larger variance, in both views the same. */
export async function createRepresentationProblem(shape: RepresentationShape): Promise<Problem> {
  const { rule, m, n, k, rates, timed } = shape;
  const random = new RandomStream(1, 'representation');
  const [X, Y] = [new Float32Array(count * m), new Float32Array(count * n)];
  for (let t = 0; t < count; t++) {
    const shared = Float64Array.from({ length: k }, () => 2 * random.normal());
    const fill = (view: Float32Array, length: number) => {
      for (let i = 0; i < length; i++) view[t * length + i] = 0.3 * random.normal() + (shared[i] ?? 0);
    };
    fill(X, m);
    fill(Y, n);
  }
  const samples = samplesOf({ X, inputs: m, ...(n > 0 && { Y, labels: n }) });
  const network = await createNetwork(representationOptions(shape));
  return {
    settings: {
      ...{ rule, cells: k },
      ...Object.fromEntries(Object.entries(rates).map(([name, rate]) => [`rate${name}`, rate])),
    },
    samples,
    order: new RandomStream(1, 'order').permutation(count),
    weights: network.weights(),
    timed,
  };
}

/** apical's options for a shape. */
export function representationOptions({ rule, m, n, k, rates }: Omit<RepresentationShape, 'timed'>): NetworkOptions {
  return {
    ...{ rule, inputs: m, labels: n, hidden: k, seed: 1 },
    rates: Object.fromEntries(Object.entries(rates).map(([name, eta0]) => [name, { eta0 }])),
  };
}
