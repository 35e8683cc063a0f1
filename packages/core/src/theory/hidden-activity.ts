import { Matrix as DoubleMatrix } from 'ml-matrix';
import { checkLabelled } from '../check-samples.ts';
import { weightName } from '../circuit/synapses.ts';
import { InputError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import type { Network } from '../network/network.ts';
import { labelAt, type Samples } from '../samples.ts';

/** How many samples are looked at together. */
const blockSamples = 1024;

/** Some samples, one a row. */
export interface Block {
  /** The number of the first. */
  readonly first: number;
  /** Their hidden activity, as the network computes it, and their labels. */
  readonly z: DoubleMatrix;
  readonly y: DoubleMatrix;
}

/** Second moments of the hidden activity z (k) and the labels y (n) over a data set, float64. */
export interface HiddenMoments {
  /** E z zᵀ (k × k): the mean over the samples and, where the network has a ridge, over its noise, which adds λ W1 W1ᵀ. */
  readonly zz: DoubleMatrix;
  /** E z yᵀ (k × n); in linear networks, W1 Cxy. */
  readonly zy: DoubleMatrix;
  /** E yᵀy. */
  readonly labelPower: number;
}

/** The whole data set, block by block. @throws InputError for samples of another shape, without labels, and where there are none */
export function* blocks(network: Network, samples: Samples): Generator<Block, void, void> {
  const { count, labels, targets } = samples;
  checkLabelled(samples, 'the theory');
  if (count === 0) throw new InputError('the data set has no samples');
  for (let first = 0; first < count; first += blockSamples) {
    const size = Math.min(blockSamples, count - first);
    const y = new DoubleMatrix(size, labels);
    for (let t = 0; t < size; t++) {
      const target = labelAt(samples, first + t);
      for (let label = 0; label < labels; label++) y.set(t, label, targets[target + label]!);
    }
    const z = DoubleMatrix.from1DArray(size, network.hidden, network.transformSamples(samples, first, size));
    yield { first, z, y };
  }
}

/** @throws InputError for samples of another shape, without labels, and where there are none */
export function hiddenMoments(network: Network, samples: Samples): HiddenMoments {
  const zz = DoubleMatrix.zeros(network.hidden, network.hidden);
  const zy = DoubleMatrix.zeros(network.hidden, network.labels);
  let labelPower = 0;
  for (const { z, y } of blocks(network, samples)) {
    const transposed = z.transpose();
    zz.add(transposed.mmul(z));
    zy.add(transposed.mmul(y));
    labelPower += trace(y, y);
  }
  zz.div(samples.count);
  zy.div(samples.count);
  if (network.ridge > 0) {
    const { circuit } = network.blueprint;
    const first = circuit.allSynapses.find(({ pre }) => pre === circuit.stimulus)!;
    const W1 = weight(network.weights(), weightName(first.name));
    zz.add(W1.mmul(W1.transpose()).mul(network.ridge));
  }
  return { zz, zy, labelPower: labelPower / samples.count };
}

/** Tr A Bᵀ, the sum of the products of entries. */
export function trace(a: DoubleMatrix, b: DoubleMatrix): number {
  return DoubleMatrix.mul(a, b).sum();
}

/** The weights of this name in float64. */
export function weight(weights: Readonly<Record<string, Matrix>>, name: string): DoubleMatrix {
  const matrix = weights[name];
  if (!matrix) throw new TypeError(`the network has no ${name}`);
  return DoubleMatrix.from1DArray(matrix.rows, matrix.cols, matrix.data);
}
