// Runs in any JavaScript engine: what it returns must be the same everywhere.
import {
  type CircuitSettings,
  checkBatch,
  classTargets,
  createNetwork,
  findRule,
  layOut,
  type NetworkOptions,
  optimum,
  RandomStream,
  rules,
  type Samples,
  sampleRules,
  samplesOf,
  train,
  weightsDigest,
} from '../../src/index.ts';
import { briefly, fitting, randomSamples, rates } from '../fixtures.ts';

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
  'linear, fused': { fused: true },
  'ridge, fused': { ridge: 0.1, fused: true },
  'centred ReLU, fused': { activation: 'relu', meanRate: 1e-3, fused: true },
} as const;

/** Networks that learn in batches, with every activation and optimiser. */
const deepCircuits: Record<string, Partial<NetworkOptions> & { readonly hidden: readonly number[] }> = {
  'sigmoid, momentum': { hidden: [9, 5], activation: 'sigmoid', optimiser: { kind: 'momentum' } },
  'tanh, RMSprop': { hidden: [8, 4], activation: 'tanh', optimiser: { kind: 'rmsprop' } },
  'softplus, Adam': { hidden: [7, 6, 5], activation: 'softplus', optimiser: { kind: 'adam', weightDecay: 0.01 } },
  'tanh, fused': { hidden: [8, 4], activation: 'tanh', fused: true },
};

/** The same images with black at 0 and labels that are shares: what cross-entropy is of. */
const zeroBased = (samples: Samples): Samples => {
  return { ...samples, offset: 0, targets: classTargets(samples.labels, 'one-hot') };
};

/** 8 samples at once, where a network can learn so many. */
function batchOf(rule: string, settings: CircuitSettings): number {
  try {
    checkBatch(layOut(findRule(rule), settings), 8);
    return 8;
  } catch {
    return 1;
  }
}

/** Weights of networks of 1 to 18 cells, whose rows have all lengths that kernels tell apart, sample by sample and in batches. */
async function digestsOfWidths(rule: string): Promise<string> {
  const { inputs, labels } = { inputs: 21, labels: findRule(rule).shape.labels === 'none' ? 0 : 19 };
  const labelled = zeroBased(randomSamples(6, { count: 24, inputs, labels: 19, zeros: 0.2 }));
  const X = Float32Array.from(labelled.raw, (pixel) => pixel / 255);
  const samples = labels > 0 ? labelled : samplesOf({ X, inputs });
  const numbers = Uint32Array.from({ length: 24 }, (_, i) => i);
  const found: string[] = [];
  for (let hidden = 1; hidden <= 18; hidden++) {
    const options = { hidden, ...briefly(rule) };
    for (const batch of new Set([1, batchOf(rule, options)])) {
      const network = await createNetwork({
        ...{ rule, inputs, labels, seed: 5, batch, ...options },
        rates: rates(rule, { eta0: 0.003 }, options),
      });
      network.learnSamples(samples, numbers);
      found.push(await weightsDigest(network.weights()));
      network.dispose();
    }
  }
  return found.join(' ');
}

/** Weights of networks whose layers are wider than the caches' lines and the kernels' strips and tiles, of inputs most of which are zero, and of others. */
async function digestsOfWideLayers(): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  for (const zeros of [0, 0.8]) {
    const samples = zeroBased(randomSamples(8, { count: 100, inputs: 132, labels: 10, zeros }));
    const numbers = Uint32Array.from({ length: 200 }, (_, i) => (7 * i) % 100);
    for (const rule of ['backprop', 'predictive-coding']) {
      for (const batch of [1, 20, 41]) {
        for (const fused of [false, true]) {
          const circuit = {
            hidden: [260, 257],
            activation: 'relu',
            output: findRule(rule).shape.outputs.at(-1)!,
          } as const;
          const network = await createNetwork({
            ...{ rule, inputs: 132, labels: 10, seed: 6, batch, fused, ...circuit, ...briefly(rule) },
            rates: rates(rule, { eta0: 0.003 }, circuit),
          });
          network.learnSamples(samples, numbers);
          const name = `${rule}, wide, ${zeros} of its inputs zero, ${batch} at once${fused ? ', fused' : ''}`;
          results[name] = `${await weightsDigest(network.weights())} ${network.totalLoss(samples)}`;
          network.dispose();
        }
      }
    }
  }
  return results;
}

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
  for (const { name: rule, shape } of rules) {
    const samples = randomSamples(4, { count: 60, inputs: 96, labels: 10, zeros: 0.7 });
    for (const [kind, { hidden, ...circuit }] of Object.entries(deepCircuits)) {
      const ofDepth =
        shape.depth === 'any'
          ? { hidden, ...fitting(rule, circuit), output: shape.outputs.at(-1)! }
          : { hidden: hidden[0]!, fused: circuit.fused === true };
      const options = { ...ofDepth, ...briefly(rule) };
      const network = await createNetwork({
        ...{ rule, inputs: 96, labels: 10, seed: 5, batch: batchOf(rule, options), ...options },
        rates: rates(rule, { eta0: 0.01, cosine: { over: 90 } }, options),
      });
      const numbers = Uint32Array.from({ length: 600 }, (_, i) => (7 * i) % 60);
      network.learnSamples(zeroBased(samples), numbers);
      const loss = network.totalLoss(zeroBased(samples));
      results[`${rule}, ${kind}`] = `${await weightsDigest(network.weights())} ${loss}`;
    }
  }
  for (const { name } of sampleRules) results[`${name}, of each width`] = await digestsOfWidths(name);
  Object.assign(results, await digestsOfWideLayers());
  const stream = new RandomStream(7, 'scenario');
  const data = Float32Array.from({ length: 10_000 }, () => stream.normal());
  results['normal deviates'] = await weightsDigest({ data: { rows: 1, cols: data.length, data } });
  const best = await optimum(randomSamples(2, { count: 90, inputs: 40, labels: 5 }), { hidden: 2, ridge: 0.1 });
  results.optimum = `${await weightsDigest(best.weights)} ${best.value}`;
  return results;
}
