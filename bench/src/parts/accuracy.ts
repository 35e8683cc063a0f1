import { loadImages, preprocess } from '@apical/data';
import { figure3Config, panelNames, type RunConfig, table1Config, widths } from '@apical/experiments';
import { createNetwork, InputError, RandomStream, type Rate, type Samples } from 'apical';
import type { Numbers } from '../implementations/matrices.ts';
import { type PlainNetwork, plainBackprop, plainBmvr } from '../implementations/plain.ts';
import { sampleNumbers } from '../race/problem.ts';
import { relativeError } from '../statistics.ts';

/** How far the weights of a run of the paper are from those of the same equations in float64, after so many samples. */
export interface AccuracyResult {
  readonly rule: 'bmvr' | 'backprop';
  /** The data set. */
  readonly set: string;
  readonly m: number;
  readonly k: number;
  readonly activation: RunConfig['activation'];
  readonly samples: number;
  /** The largest difference as a part of the largest entry, over all weight matrices. */
  readonly apical: number;
  /** The same of plain JavaScript in float32: what a computation in this precision has to lose. */
  readonly js: number;
}

/** Samples that each learns before the next has its turn. */
const stretch = 1000;

/**
 * Runs of Figure 3 and Table 1, at their rates and from their first weights, beside float64.
 *
 * @param linear after how many samples the weights of Figure 3's runs are compared, ascending
 * @param rectified the same of Table 1's
 * @param note told of data sets that are not there
 */
export async function measureAccuracy(
  linear: readonly number[],
  rectified: readonly number[],
  note: (text: string) => void,
  onProgress: (text: string) => void,
): Promise<AccuracyResult[]> {
  const runs = (['bmvr', 'backprop'] as const).flatMap((rule) => [
    ...panelNames.map((panel) => ({ rule, config: figure3Config(panel, rule, 1), checkpoints: linear })),
    ...widths.map((width) => ({
      rule,
      config: table1Config('paper', width, rule, { seed: 1 }),
      checkpoints: rectified,
    })),
  ]);
  const results: AccuracyResult[] = [];
  const missing = new Set<string>();
  for (const { rule, config, checkpoints } of runs) {
    const samples = await samplesOf(config);
    if (typeof samples === 'string') missing.add(samples);
    else results.push(...(await compared(rule, config, samples, checkpoints, onProgress)));
  }
  for (const reason of missing) note(`Accuracy on a data set is left out: ${reason}`);
  return results;
}

/** The data that a run learns; why not, where they are not there. */
async function samplesOf({ data }: RunConfig): Promise<Samples | string> {
  try {
    return preprocess(await loadImages(data), data);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

async function compared(
  rule: AccuracyResult['rule'],
  config: RunConfig,
  samples: Samples,
  checkpoints: readonly number[],
  onProgress: (text: string) => void,
): Promise<AccuracyResult[]> {
  const { hidden, activation, meanRate = 0, ridge, rates, initial, decoupled, seed } = config;
  const network = await createNetwork({
    ...{
      rule,
      inputs: samples.inputs,
      labels: samples.labels,
      hidden,
      activation,
      ridge,
      rates,
      initial,
      decoupled,
      seed,
    },
    ...(meanRate > 0 && { meanRate }),
  });
  const order = new RandomStream(seed, 'order').permutation(samples.count);
  const begin = network.weights();
  const plain = (as: (numbers: Float32Array) => Numbers) => {
    const weights = Object.fromEntries(Object.entries(begin).map(([name, { data }]) => [name, as(data.slice())]));
    return plainRun(rule, { config, weights: weights as Weights, samples, meanRate, like: as });
  };
  const [truth, single] = [plain((numbers) => Float64Array.from(numbers)), plain((numbers) => numbers)];
  const names = Object.keys(begin).filter((name) => name !== 'zbar');
  const results: AccuracyResult[] = [];
  for (const checkpoint of checkpoints) {
    onProgress(`accuracy: ${rule}, ${config.data.set}, k = ${hidden}, ${checkpoint} samples`);
    while (network.samplesSeen < checkpoint) {
      const first = network.samplesSeen;
      const numbers = sampleNumbers(order, first, Math.min(stretch, checkpoint - first));
      for (const each of [truth, single]) each(numbers);
      network.learnSamples(samples, numbers);
    }
    const expected = truth(new Uint32Array());
    const errorOf = (weights: Record<string, Numbers>) =>
      Math.max(...names.map((name) => relativeError(weights[name]!, expected[name]!)));
    results.push({
      ...{ rule, set: config.data.set, m: samples.inputs, k: hidden, activation, samples: checkpoint },
      apical: errorOf(Object.fromEntries(Object.entries(network.weights()).map(([name, { data }]) => [name, data]))),
      js: errorOf(single(new Uint32Array())),
    });
  }
  return results;
}

type Weights = Parameters<typeof plainBmvr>[2]['weights'];

interface PlainRun {
  readonly config: RunConfig;
  readonly weights: Weights;
  readonly samples: Samples;
  readonly meanRate: number;
  /** An array of the run's precision with these numbers. */
  readonly like: (numbers: Float32Array) => Numbers;
}

/** A plain network that learns the numbered samples at rates that decay; returns its weights. */
function plainRun(
  rule: AccuracyResult['rule'],
  { config, weights, samples, meanRate, like }: PlainRun,
): (numbers: Uint32Array) => Record<string, Numbers> {
  const { inputs: m, labels: n, scale, offset, pixels, classes, targets } = samples;
  let time = 0;
  const rate = (name: string) => {
    const { eta0, t0 = Number.POSITIVE_INFINITY }: Rate = config.rates[name]!;
    return eta0 / (1 + time / t0);
  };
  const rates = {
    get W1() {
      return rate('W1');
    },
    get W2() {
      return rate('W2');
    },
    get Q() {
      return rate('Q');
    },
  };
  const create = rule === 'bmvr' ? plainBmvr : plainBackprop;
  const network: PlainNetwork = create(config.hidden, n, { rates, ridge: config.ridge, meanRate, weights });
  const x = like(new Float32Array(m));
  const y = like(new Float32Array(n));
  return (numbers) => {
    for (const t of numbers) {
      const factor = typeof scale === 'number' ? scale : scale[t]!;
      for (let j = 0; j < m; j++) x[j] = factor * pixels[t * m + j]! + offset;
      y.set(targets.subarray(classes[t]! * n, (classes[t]! + 1) * n));
      network.learn(x, y);
      time++;
    }
    return network.weights();
  };
}
