import { Matrix as DoubleMatrix, QrDecomposition } from 'ml-matrix';
import {
  createNetwork,
  type Matrix,
  type Network,
  type NetworkOptions,
  type Optimum,
  optimum,
  type Samples,
} from '../src/index.ts';
import { expand, normals, rates } from './fixtures.ts';

/**
 * Samples of nearly Gaussian inputs, correlated with each other and with the labels, which are normal deviates, one vector
 * for each of 200 classes.
 */
export function gaussianSamples(
  seed: number,
  { count = 300, inputs = 7, labels = 4 }: { count?: number; inputs?: number; labels?: number } = {},
): Samples {
  const classCount = 200;
  const targets = normals(seed, classCount * labels);
  const fromLabels = normals(seed + 1, inputs * labels);
  const mixing = normals(seed + 2, inputs * inputs);
  const noise = normals(seed + 3, count * inputs);
  const classes = Uint8Array.from({ length: count }, (_, t) => (37 * t + 11 * seed) % classCount);
  const pixels = Uint8ClampedArray.from({ length: count * inputs }, (_, at) => {
    const [t, i] = [Math.floor(at / inputs), at % inputs];
    let value = 128;
    for (let l = 0; l < labels; l++) value += 8 * fromLabels[i * labels + l]! * targets[classes[t]! * labels + l]!;
    for (let j = 0; j < inputs; j++) value += 8 * mixing[i * inputs + j]! * noise[t * inputs + j]!;
    return value;
  });
  return {
    count,
    inputs,
    labels,
    raw: new Uint8Array(pixels.buffer),
    scale: 1 / 40,
    offset: -3,
    classes,
    targets: Float32Array.from(targets),
  };
}

/** The inputs (T × m) and labels (T × n) themselves. */
export function signals(samples: Samples): { X: DoubleMatrix; Y: DoubleMatrix } {
  const { X, Y } = expand(samples);
  return { X: new DoubleMatrix(X), Y: new DoubleMatrix(Y) };
}

/** (1/T) A Bᵀ for signals that are given one a row. */
export function covariance(A: DoubleMatrix, B: DoubleMatrix): DoubleMatrix {
  return A.transpose().mmul(B).div(A.rows);
}

export function toDoubles({ rows, cols, data }: Matrix): DoubleMatrix {
  return DoubleMatrix.from1DArray(rows, cols, data);
}

export function toMatrix(doubles: DoubleMatrix): Matrix {
  return { rows: doubles.rows, cols: doubles.columns, data: Float32Array.from(doubles.to1DArray()) };
}

export function randomMatrix(seed: number, rows: number, cols: number, size = 1): DoubleMatrix {
  return DoubleMatrix.from1DArray(rows, cols, normals(seed, rows * cols)).mul(size);
}

/** A random rotation (or reflection). */
export function randomRotation(seed: number, size: number): DoubleMatrix {
  return new QrDecomposition(randomMatrix(seed, size, size)).orthogonalMatrix;
}

/** A network for these samples with these weights. */
export function networkWith(
  samples: Samples,
  weights: Record<string, DoubleMatrix>,
  options: Partial<NetworkOptions> = {},
): Promise<Network> {
  const { inputs, labels } = samples;
  const rule = options.rule ?? 'bmvr';
  return createNetwork({
    rule,
    inputs,
    labels,
    hidden: weights.W1!.rows,
    rates: rates(rule, { eta0: 0.01 }),
    ...options,
    weights: Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, toMatrix(value)])),
  });
}

/** The closed-form optimum with QQᵀ = Λ, and the hidden units turned by a random rotation (as is Q on its other side). */
export async function optimalWeights(
  samples: Samples,
  { hidden, ridge, seed }: { hidden: number; ridge: number; seed: number },
): Promise<{ optimal: Optimum; W1: DoubleMatrix; W2: DoubleMatrix; Q: DoubleMatrix }> {
  const optimal = await optimum(samples, { hidden, ridge });
  const rotation = randomRotation(seed, hidden);
  const root = DoubleMatrix.diag([...optimal.eigenvalues.subarray(0, hidden)].map(Math.sqrt));
  return {
    optimal,
    W1: rotation.mmul(toDoubles(optimal.weights.W1)),
    W2: toDoubles(optimal.weights.W2).mmul(rotation.transpose()),
    Q: rotation.mmul(root).mmul(randomRotation(seed + 1, hidden)),
  };
}

/** A probe's or an objective's numbers as close as float32 weights allow. */
export function relativeDifference(a: number, b: number): number {
  return Math.abs(a - b) / Math.max(1, Math.abs(a), Math.abs(b));
}
