import type { ActivationFunction, OutputFunction } from '@apical/core';

/** A network of layers, what it learns, and how: in batches, or sample by sample. */
export interface LayersShape {
  readonly rule: 'backprop' | 'feedback-alignment' | 'deep-bmvr' | 'predictive-coding';
  /** The numbers of inputs, of the units of each hidden layer, and of labels. */
  readonly sizes: readonly number[];
  readonly activation: ActivationFunction;
  readonly output: OutputFunction;
  /** MNIST's test images as p / 255, or bytes at random, none of which is more likely than another. */
  readonly images: 'mnist' | 'random';
  /** How many samples change the weights at once. */
  readonly batch: number;
  /** The constant rates of each group of synapses. */
  readonly rates: Readonly<Record<string, number>>;
  /** Steps of settling, where the rule settles. */
  readonly steps?: number;
  /** How many samples are timed in each round. */
  readonly timed: number;
}

/** Small, so that hardly a unit is active in one implementation and not in another; powers of two. */
const [slow, slower] = [2 ** -8, 2 ** -10];

const networks: readonly (Omit<LayersShape, 'batch' | 'rates' | 'timed'> & { readonly batches: readonly number[] })[] =
  [
    { ...mnist('backprop', 500), activation: 'sigmoid', output: 'sigmoid', batches: [1, 100] },
    { ...mnist('backprop', 500, 500), output: 'softmax', batches: [1, 100] },
    { ...mnist('backprop', 128, 128, 128), batches: [1, 100] },
    { ...mnist('feedback-alignment', 500, 500), output: 'softmax', batches: [1, 100] },
    { ...mnist('deep-bmvr', 128, 128, 128), batches: [1, 100] },
    { ...mnist('predictive-coding', 256, 256), steps: 20, batches: [1, 500] },
    { ...mnist('backprop', 500), sizes: [3072, 500, 10], output: 'softmax', images: 'random', batches: [1, 100] },
  ];

/** A network for MNIST, of rectified units and linear outputs. */
function mnist(rule: LayersShape['rule'], ...hidden: number[]) {
  return { rule, sizes: [784, ...hidden, 10], activation: 'relu', output: 'linear', images: 'mnist' } as const;
}

/** Networks that people train with other programs: sample by sample, and in the batches that are published of them. */
export const layersShapes: readonly LayersShape[] = networks.flatMap(({ batches, ...network }) =>
  batches.map((batch) => {
    const timed = batch === 1 ? (network.steps ? 200 : 1000) : (network.steps ? 2 : 20) * batch;
    const rates = network.rule === 'deep-bmvr' ? { W: slow, V: slower, Q: slower } : { W: batch === 1 ? slower : slow };
    return { ...network, batch, rates, timed };
  }),
);

/** How a shape is called on the command line: backprop-784-500-10-batch-100. */
export function layersShapeName({ rule, sizes, batch }: Pick<LayersShape, 'rule' | 'sizes' | 'batch'>): string {
  return `${rule}-${sizes.join('-')}-batch-${batch}`;
}
