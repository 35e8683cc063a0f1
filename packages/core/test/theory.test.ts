import fc from 'fast-check';
import { Matrix as DoubleMatrix, inverse } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { constraintSpectrum, createProbe, type Network, objective, objectives, type Samples } from '../src/index.ts';
import { randomSamples } from './fixtures.ts';
import {
  covariance,
  gaussianSamples,
  networkWith,
  optimalWeights,
  randomMatrix,
  relativeDifference,
  signals,
  toDoubles,
} from './theory-fixtures.ts';

const cases = fc.record({
  seed: fc.nat(1e6),
  hidden: fc.integer({ min: 1, max: 4 }),
  ridge: fc.constantFrom(0, 0.1, 2),
});

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

function check(law: (options: Case) => Promise<void>): Promise<void> {
  return fc.assert(fc.asyncProperty(cases, law), { numRuns: 25 });
}

function expectEqual(actual: number | undefined, expected: number, tolerance = 2e-5): void {
  expect(relativeDifference(actual ?? Number.NaN, expected)).toBeLessThan(tolerance);
}

async function read(name: string, network: Network, samples: Samples): Promise<Record<string, number>> {
  return (await createProbe(name, network, samples))();
}

const squaredNorm = (matrix: DoubleMatrix) => matrix.norm('frobenius') ** 2;
const trace = (a: DoubleMatrix, b: DoubleMatrix) => a.mmul(b).trace();

describe('at the optimum, however the hidden units are rotated', () => {
  async function solve(options: Case) {
    const samples = gaussianSamples(options.seed);
    const { optimal, ...weights } = await optimalWeights(samples, options);
    return { samples, optimal, weights, network: await networkWith(samples, weights, { ridge: options.ridge }) };
  }

  test('(1), with the ridge, (3) and (4) are equal', () =>
    check(async (options) => {
      const { samples, optimal, weights, network } = await solve(options);
      const { regression, ridge, constrained, bound } = objectives(network, samples);
      expect(regression).toBe(objective(network, samples));
      expectEqual(regression, optimal.value);
      expectEqual(ridge, options.ridge * squaredNorm(weights.W2.mmul(weights.W1)));
      expectEqual(constrained, regression + ridge);
      expectEqual(bound, regression + ridge);
    }));

  test('every direction of hidden activity has gain 1', () =>
    check(async (options) => {
      const { samples, network } = await solve(options);
      for (const eigenvalue of constraintSpectrum(network, samples)) expectEqual(eigenvalue, 1);
      const { 'constraint.largest': largest, 'constraint.smallest': smallest } = await read(
        'constraint',
        network,
        samples,
      );
      expectEqual(largest, 1);
      expectEqual(smallest, 1);
    }));

  test('the constraint is saturated and the multiplier is U M Uᵀ', () =>
    check(async (options) => {
      const { samples, network } = await solve(options);
      const distances = await read('saturation', network, samples);
      expect(Object.keys(distances)).toEqual([
        'saturation.constraint',
        'saturation.multiplier',
        'saturation.eigenvalues',
      ]);
      for (const distance of Object.values(distances)) expect(distance).toBeLessThan(1e-4);
    }));

  test('the teaching signal is the error of least squares and that of backprop, carried back through W2ᵀ', () =>
    check(async (options) => {
      const { samples, network } = await solve(options);
      const alignment = await read('teaching-signal', network, samples);
      expect(Object.keys(alignment)).toEqual([
        'teaching-signal.least-squares.cosine',
        'teaching-signal.least-squares.slope',
        'teaching-signal.backprop.cosine',
        'teaching-signal.backprop.slope',
      ]);
      for (const value of Object.values(alignment)) expectEqual(value, 1, 1e-4);
    }));
});

describe('away from the optimum', () => {
  async function randomNetwork({ seed, hidden, ridge }: Case) {
    const samples = gaussianSamples(seed);
    const weights = {
      W1: randomMatrix(seed + 10, hidden, samples.inputs, 0.5),
      W2: randomMatrix(seed + 11, samples.labels, hidden, 0.5),
      Q: randomMatrix(seed + 12, hidden, hidden),
    };
    return { samples, weights, network: await networkWith(samples, weights, { ridge }) };
  }

  test('the objectives are what they say', () =>
    check(async (options) => {
      const { samples, weights, network } = await randomNetwork(options);
      const { W1, W2, Q } = weights;
      const { X, Y } = signals(samples);
      const withRidge = covariance(X, X).add(DoubleMatrix.eye(samples.inputs).mul(options.ridge));
      const product = W2.mmul(W1);
      const error = squaredNorm(DoubleMatrix.sub(Y, X.mmul(product.transpose()))) / samples.count;
      const excess = W1.mmul(withRidge).mmul(W1.transpose()).sub(DoubleMatrix.eye(options.hidden));
      const gain = trace(Q.mmul(Q.transpose()), excess);
      const { regression, ridge, constrained, bound } = objectives(network, samples);
      const size = (actual: number | undefined, expected: number) =>
        expectEqual((actual ?? Number.NaN) / (1 + Math.abs(gain)), expected / (1 + Math.abs(gain)));
      expectEqual(regression, error);
      expectEqual(ridge, options.ridge * squaredNorm(product));
      size(constrained, error + options.ridge * squaredNorm(product) + gain);
      const linear = squaredNorm(Y) / samples.count - 2 * trace(product, covariance(X, Y));
      size(bound, linear + squaredNorm(W2) + gain);
    }));

  test('where the constraint holds, (4) is no less than (3), and (3) no more than (1) with the ridge, at every Q', () =>
    check(async (options) => {
      const { samples, weights, network } = await randomNetwork(options);
      const largest = constraintSpectrum(network, samples)[0]!;
      const W1 = DoubleMatrix.mul(weights.W1, 0.999 / Math.sqrt(largest));
      const at = async (Q: DoubleMatrix) => {
        const within = await networkWith(samples, { ...weights, W1, Q }, { ridge: options.ridge });
        const { regression, ridge, constrained, bound } = objectives(within, samples);
        return { regression: regression + ridge, constrained: constrained!, bound: bound! };
      };
      for (const factor of [0.1, 1, 10]) {
        const { regression, constrained, bound } = await at(DoubleMatrix.mul(weights.Q, factor));
        expect(bound).toBeGreaterThanOrEqual(constrained);
        expect(constrained).toBeLessThan(regression);
      }
      const { regression, constrained } = await at(DoubleMatrix.zeros(options.hidden, options.hidden));
      expect(constrained).toBe(regression);
    }));

  test('where it is violated, (3) grows without bound with Q in that direction', () =>
    check(async (options) => {
      const { samples, weights, network } = await randomNetwork(options);
      const smallest = constraintSpectrum(network, samples).at(-1)!;
      const W1 = DoubleMatrix.mul(weights.W1, 1.1 / Math.sqrt(smallest));
      const excess = async (factor: number) => {
        const Q = DoubleMatrix.eye(options.hidden).mul(factor);
        const beyond = await networkWith(samples, { ...weights, W1, Q }, { ridge: options.ridge });
        const { regression, ridge, constrained } = objectives(beyond, samples);
        return constrained! - regression - ridge;
      };
      const once = await excess(1);
      expect(once).toBeGreaterThan(0.2 * options.hidden);
      expectEqual((await excess(100)) / once / 1e4, 1);
    }));

  async function expectAlignment(network: Network, samples: Samples): Promise<void> {
    const weights = network.weights();
    const [W1, W2, Q] = [weights.W1, weights.W2, weights.Q].map((each) => toDoubles(each!)) as DoubleMatrix[];
    const R = weights.R ? toDoubles(weights.R) : Q!.transpose();
    const { X, Y } = signals(samples);
    const withRidge = covariance(X, X).add(DoubleMatrix.eye(samples.inputs).mul(network.ridge));
    const Z = X.mmul(W1!.transpose());
    const plateau = Y.mmul(W2!).sub(Z.mmul(R.transpose()).mmul(Q!.transpose()));
    const errors = {
      'least-squares': DoubleMatrix.sub(Y, X.mmul(inverse(withRidge)).mmul(covariance(X, Y))),
      backprop: DoubleMatrix.sub(Y, Z.mmul(W2!.transpose())),
    };
    const actual = await read('teaching-signal', network, samples);
    for (const [name, error] of Object.entries(errors)) {
      const carried = error.mmul(W2!);
      const product = DoubleMatrix.mul(plateau, carried).sum();
      const cosine = product / plateau.norm('frobenius') / carried.norm('frobenius');
      expectEqual(actual[`teaching-signal.${name}.cosine`], cosine, 1e-4);
      expectEqual(actual[`teaching-signal.${name}.slope`], product / squaredNorm(carried), 1e-4);
    }
  }

  test('the teaching signal is compared over all samples with both errors', () =>
    check(async (options) => {
      const { samples, network } = await randomNetwork(options);
      await expectAlignment(network, samples);
    }));

  test('so it is over many samples, and where it comes through decoupled interneurons', async () => {
    const samples = gaussianSamples(1, { count: 2500 });
    const { weights } = await randomNetwork({ seed: 1, hidden: 3, ridge: 0.1 });
    const R = randomMatrix(2, 3, 3);
    await expectAlignment(await networkWith(samples, { ...weights, R }, { decoupled: true, ridge: 0.1 }), samples);
  });

  test('at a saddle point, where other eigenvectors are kept, only the eigenvalues of QQᵀ tell', () =>
    check(async ({ seed, ridge }) => {
      const samples = gaussianSamples(seed);
      const { weights, eigenvalues } = (await optimalWeights(samples, { hidden: 3, ridge, seed })).optimal;
      const rest = [1, 2];
      const saddle = {
        W1: toDoubles(weights.W1).selection(rest, [...Array(samples.inputs).keys()]),
        W2: toDoubles(weights.W2).selection([...Array(samples.labels).keys()], rest),
        Q: DoubleMatrix.diag(rest.map((i) => Math.sqrt(eigenvalues[i]!))),
      };
      const distances = await read('saturation', await networkWith(samples, saddle, { ridge }), samples);
      expect(distances['saturation.constraint']).toBeLessThan(1e-4);
      expect(distances['saturation.multiplier']).toBeLessThan(1e-4);
      const [a, b, c] = eigenvalues as unknown as [number, number, number];
      expectEqual(distances['saturation.eigenvalues'], Math.hypot(a - b, b - c) / Math.hypot(a, b), 1e-4);
    }));
});

test('of mean-subtracted ReLU networks, z is what the cells pass on, and least squares is no measure', async () => {
  const samples = randomSamples(3, { count: 1500 });
  const { inputs, labels } = samples;
  const weights = { W1: randomMatrix(1, 2, inputs), W2: randomMatrix(2, labels, 2), Q: randomMatrix(3, 2, 2) };
  const zbar = DoubleMatrix.columnVector([0.3, 0.1]);
  const network = await networkWith(samples, { ...weights, zbar }, { activation: 'relu', meanRate: 0.01 });
  const { X, Y } = signals(samples);
  const Z = X.mmul(weights.W1.transpose());
  for (let t = 0; t < Z.rows; t++) {
    for (let i = 0; i < 2; i++) Z.set(t, i, Math.max(0, Z.get(t, i)) - zbar.get(i, 0));
  }
  const zz = covariance(Z, Z);
  const expected = [zz.get(0, 0) + zz.get(1, 1), zz.get(0, 0) * zz.get(1, 1) - zz.get(0, 1) ** 2];
  const [largest, smallest] = constraintSpectrum(network, samples) as unknown as [number, number];
  expectEqual(largest + smallest, expected[0]!);
  expectEqual(largest * smallest, expected[1]!);

  const plateau = Y.mmul(weights.W2).sub(Z.mmul(weights.Q).mmul(weights.Q.transpose()));
  const error = DoubleMatrix.sub(Y, Z.mmul(weights.W2.transpose())).mmul(weights.W2);
  const alignment = await read('teaching-signal', network, samples);
  expect(Object.keys(alignment)).toEqual(['teaching-signal.backprop.cosine', 'teaching-signal.backprop.slope']);
  expectEqual(alignment['teaching-signal.backprop.slope'], DoubleMatrix.mul(plateau, error).sum() / squaredNorm(error));
});
