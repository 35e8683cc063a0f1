// Runs in any JavaScript engine: what it returns must be the same everywhere.
import { createNetwork, optimum, RandomStream, train, weightsDigest } from '../../src/index.ts';
import { randomSamples, rates } from '../fixtures.ts';

const shapes = [
  { inputs: 784, labels: 10, hidden: 1, zeros: 0.8 },
  { inputs: 301, labels: 7, hidden: 3, zeros: 0 },
  { inputs: 48, labels: 10, hidden: 4, zeros: 0 },
  { inputs: 96, labels: 10, hidden: 6, zeros: 0 },
  { inputs: 32, labels: 40, hidden: 5, zeros: 0 },
  { inputs: 128, labels: 10, hidden: 20, zeros: 0.3 },
];

const circuits = {
  linear: {},
  ridge: { ridge: 0.1 },
  'centred ReLU': { activation: 'relu', meanRate: 1e-3 },
  tanh: { activation: 'tanh' },
} as const;

/** Digests of trained weights, of random numbers, and of a closed form, by name. */
export async function digests(): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const shape of shapes) {
    const samples = randomSamples(1, { count: 60, ...shape });
    for (const rule of ['bmvr', 'backprop']) {
      for (const [kind, circuit] of Object.entries(circuits)) {
        const { inputs, labels, hidden } = shape;
        const sizes = { inputs, labels, hidden };
        const network = await createNetwork({
          ...{ rule, ...sizes, ...circuit, seed: 3, rates: rates(rule, { eta0: 2e-4, t0: 1e3 }) },
          decoupled: rule === 'bmvr' && kind === 'tanh',
        });
        const objectives: number[] = [];
        const evaluateAt = [1, 100, 9000];
        const training = train(network, samples, { samples: 9000, order: 'reshuffled', seed: 3, evaluateAt });
        for await (const { objective } of training) objectives.push(objective);
        const name = `${rule} ${inputs} × ${hidden}, ${kind}`;
        results[name] = `${await weightsDigest(network.weights())} ${objectives.join(' ')}`;
      }
    }
  }
  const stream = new RandomStream(7, 'scenario');
  const data = Float32Array.from({ length: 10_000 }, () => stream.normal());
  results['normal deviates'] = await weightsDigest({ data: { rows: 1, cols: data.length, data } });
  const best = await optimum(randomSamples(2, { count: 90, inputs: 40, labels: 5 }), { hidden: 2, ridge: 0.1 });
  results.optimum = `${await weightsDigest(best.weights)} ${best.value}`;
  return results;
}
