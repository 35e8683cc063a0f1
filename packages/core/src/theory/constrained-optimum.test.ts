import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { changesOf } from '../../test/laws/changes.ts';
import { covariance, gaussianSamples, signals } from '../../test/theory-fixtures.ts';
import { constrainedOptimum, createNetwork, createProbe, InputError, optimum } from '../index.ts';

const samples = gaussianSamples(3, { inputs: 4, labels: 3 });
const { X, Y } = signals(samples);
const [Cxx, Cyy, Cyx] = [covariance(X, X), covariance(Y, Y), covariance(Y, X)];

/** A function of a symmetric matrix, by its eigenvalues. */
function through(matrix: Matrix, f: (value: number) => number): Matrix {
  const { realEigenvalues, eigenvectorMatrix: V } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return V.mmul(Matrix.diag(realEigenvalues.map(f))).mmul(V.transpose());
}

/** K with all whitened inputs, as it is derived, and the weights at the optimum. */
function derived(k: number, rho: number) {
  const whitening = through(Cxx, (value) => 1 / Math.sqrt(value));
  const G = Cyx.mmul(whitening);
  const R = Matrix.sub(Cyy, G.mmul(G.transpose()));
  const root = through(R, Math.sqrt);
  const [m, n] = [G.columns, G.rows];
  const K = Matrix.zeros(m + n, m + n);
  K.setSubMatrix(G.transpose().mmul(G), 0, 0);
  K.setSubMatrix(G.transpose().mmul(root), 0, m);
  K.setSubMatrix(root.mmul(G), m, 0);
  K.setSubMatrix(Matrix.sub(R, Matrix.eye(n).mul(rho)), m, m);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(K, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const lambda = order.slice(0, k).map((i) => realEigenvalues[i]!);
  const P = new Matrix(order.slice(0, k).map((i) => eigenvectorMatrix.getColumn(i)));
  // One column a sample.
  const white = whitening.mmul(X.transpose());
  const rest = through(R, (value) => 1 / Math.sqrt(value)).mmul(Matrix.sub(Y.transpose(), G.mmul(white)));
  const both = new Matrix([...white.to2DArray(), ...rest.to2DArray()]);
  const z = P.mmul(both).mul(Math.sqrt(rho));
  const T = X.rows;
  const Wb = z.mmul(X).div(T).mmul(inverse(Cxx));
  const Wa = Y.transpose()
    .mmul(z.transpose())
    .div(T * rho);
  const Q = Matrix.diag(lambda.map((value) => Math.sqrt(Math.max(value, 0) / rho)));
  const trace = Cyy.trace();
  return {
    lambda,
    weights: { Wb1: Wb, Wa1: Wa, Q1: Q },
    value: (trace - lambda.reduce((sum, v) => sum + Math.max(v, 0), 0)) / 2,
  };
}

describe.each([
  [1, 0.05],
  [2, 0.05],
  [2, 0.3],
  [3, 2],
])('k = %i, ρ = %d', (hidden, radius) => {
  const { lambda, weights, value } = derived(hidden, radius);

  test('the closed form needs the labels’ moments only', async () => {
    expect((await constrainedOptimum(samples, { hidden, radius })) / value).toBeCloseTo(1, 9);
  });

  test('there nothing is learned, and the settled loss is that', async () => {
    expect(Math.min(...lambda)).toBeGreaterThan(0);
    const listed = Object.fromEntries(
      Object.entries(weights).map(([name, each]) => [
        name,
        { rows: each.rows, cols: each.columns, data: each.to1DArray() },
      ]),
    );
    const network = await createNetwork({
      ...{ rule: 'constrained-predictive-coding', inputs: 4, labels: 3, hidden },
      rates: { Wb: { eta0: 0.1 }, Wa: { eta0: 0.1 }, Q: { eta0: 0.1 } },
      parameters: { radius, settling: 'exact' },
      weights: Object.fromEntries(
        Object.entries(listed).map(([name, each]) => [name, { ...each, data: Float32Array.from(each.data) }]),
      ),
    });
    const probe = await createProbe('constrained-optimum', network, samples);
    expect(probe()['constrained-optimum.energy']! / value).toBeCloseTo(1, 4);
    expect(probe()['constrained-optimum.excess']).toBeCloseTo(0, 4);
    const data = { X: X.to2DArray(), Y: Y.to2DArray() };
    const changes = changesOf('constrained-predictive-coding', { hidden: [hidden] }, listed, data, {
      radius,
      settling: 'exact',
    });
    // Beside what of it grows, ρ W or ⟨z xᵀ⟩, what is learned is nothing.
    for (const [name, gained] of Object.entries(changes)) {
      const scale = radius * Math.max(...listed[name]!.data.map(Math.abs));
      expect(Math.max(...gained.map(Math.abs)) / scale, name).toBeLessThan(1e-9);
    }
  });
});

test('a large radius leaves half of BMVR’s optimum, a small one what the label’s own components leave', async () => {
  const { value } = await optimum(samples, { hidden: 2 });
  expect((await constrainedOptimum(samples, { hidden: 2, radius: 1e7 })) / (value / 2)).toBeCloseTo(1, 5);
  const { realEigenvalues } = new EigenvalueDecomposition(Cyy, { assumeSymmetric: true });
  const smallest = Math.min(...realEigenvalues);
  expect((await constrainedOptimum(samples, { hidden: 2, radius: 1e-9 })) / (smallest / 2)).toBeCloseTo(1, 5);
});

test('sizes that cannot be are refused', async () => {
  await expect(constrainedOptimum(samples, { hidden: 0, radius: 1 })).rejects.toThrow(InputError);
  await expect(constrainedOptimum(samples, { hidden: 1, radius: 0 })).rejects.toThrow('radius is 0');
});
