// The thread that learns a run of the paper with a plain network, and answers with its weights after so many samples.
import { parentPort, workerData } from 'node:worker_threads';
import type { Rate, Samples } from '@apical/core';
import type { RunConfig } from '@apical/experiments';
import type { Numbers } from '../implementations/matrices.ts';
import { plainBackprop, plainBmvr } from '../implementations/plain.ts';
import { sampleNumbers } from '../race/sample-numbers.ts';

/** What the thread is given. */
export interface PlainRun {
  readonly rule: 'bmvr' | 'backprop';
  readonly config: Pick<RunConfig, 'rates' | 'ridge' | 'meanRate'>;
  /** Of images. */
  readonly samples: Pick<Samples, 'inputs' | 'labels' | 'scale' | 'offset' | 'raw' | 'targets'> &
    Required<Pick<Samples, 'classes'>>;
  /** k */
  readonly hidden: number;
  /** The first weights, by name. */
  readonly begin: Readonly<Record<string, Float32Array>>;
  /** The order of an epoch, which every epoch repeats. */
  readonly order: Uint32Array;
  /** After how many samples the weights are asked for, ascending. */
  readonly checkpoints: readonly number[];
  readonly precision: 'single' | 'double';
}

export type PlainWeights = Readonly<Record<string, Numbers>>;

parentPort?.postMessage(learn(workerData));

function learn({ rule, config, samples, hidden, begin, order, checkpoints, precision }: PlainRun): PlainWeights[] {
  const { inputs: m, labels: n, scale, offset, raw, classes, targets } = samples;
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
  const like = (numbers: Float32Array): Numbers => (precision === 'double' ? Float64Array.from(numbers) : numbers);
  const weights = Object.fromEntries(Object.entries(begin).map(([name, numbers]) => [name, like(numbers)])) as Weights;
  const create = rule === 'bmvr' ? plainBmvr : plainBackprop;
  const { ridge, meanRate = 0 } = config;
  const network = create(hidden, n, { rates, ridge, meanRate, weights });
  const x = like(new Float32Array(m));
  const y = like(new Float32Array(n));
  return checkpoints.map((checkpoint) => {
    for (const t of sampleNumbers(order, time, checkpoint - time)) {
      const factor = typeof scale === 'number' ? scale : scale[t]!;
      for (let j = 0; j < m; j++) x[j] = factor * raw[t * m + j]! + offset;
      y.set(targets.subarray(classes[t]! * n, (classes[t]! + 1) * n));
      network.learn(x, y);
      time++;
    }
    return structuredClone(network.weights());
  });
}

type Weights = Parameters<typeof plainBmvr>[2]['weights'];
