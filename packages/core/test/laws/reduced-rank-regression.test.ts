import { EigenvalueDecomposition, inverse, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  type NetworkOptions,
  type Numbers,
  Reading,
  type Matrix as WeightMatrix,
} from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { normals, relativeError } from '../fixtures.ts';
import { goldenClipped, goldenOptions, matrixOf } from '../golden-rules.ts';
import { vectors } from '../readings.ts';
import { labelled } from '../registry.ts';
import { changesOf, readingAt, sizes, transpose } from './changes.ts';

const rule = 'reduced-rank-regression';
const settings = { hidden: 2 };

interface Data {
  readonly X: number[][];
  readonly Y: number[][];
}

const twoViews: Data = (() => {
  const { X, Y } = labelled('linear', 3, { count: 40, ...sizes });
  return { X, Y: Y.map((y, t) => y.map((each, i) => each + (i + 1) * X[t]![i]!)) };
})();

/** Mean products, with a ridge: Cxx, Cxy, Cyy. */
function covariances({ X, Y }: Data, ridge = 0) {
  const [x, y] = [new Matrix(X), new Matrix(Y)];
  const mean = (a: Matrix, b: Matrix) => a.transpose().mmul(b).div(a.rows);
  const ridged = (C: Matrix) => C.add(Matrix.eye(C.rows).mul(ridge));
  return { Cxx: ridged(mean(x, x)), Cxy: mean(x, y), Cyy: ridged(mean(y, y)) };
}

/** A power of a symmetric matrix, through its eigenvectors. */
function power(matrix: Matrix, exponent: number): Matrix {
  const { realEigenvalues, eigenvectorMatrix: V } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return V.mmul(Matrix.diag(realEigenvalues.map((value) => value ** exponent))).mmul(V.transpose());
}

/** Σs⁻¹ = s Cyy + (1 − s) I */
function metric(s: number, Cyy: Matrix): Matrix {
  return Matrix.mul(Cyy, s).add(Matrix.eye(Cyy.rows).mul(1 - s));
}

/** The optimum in closed form, R = I; and the value of the objective there. */
function optimum(s: number, data: Data, k: number, ridge = 0) {
  const { Cxx, Cxy, Cyy } = covariances(data, ridge);
  const Sigma = inverse(metric(s, Cyy));
  const white = power(Cxx, -1 / 2);
  const F = white.mmul(Cxy).mmul(power(Sigma, 1 / 2));
  const { leftSingularVectors: U, diagonal } = new SingularValueDecomposition(F);
  const sigma = diagonal.slice(0, k);
  const Wx = U.subMatrix(0, Cxx.rows - 1, 0, k - 1)
    .transpose()
    .mmul(white);
  const Wy = Wx.mmul(Cxy).mmul(Sigma);
  const value = Sigma.mmul(Cyy).trace() - sigma.reduce((sum, each) => sum + each ** 2, 0);
  return { weights: { Wx, Wy, Q: Matrix.diag(sigma), C: Cyy }, value, Sigma };
}

/** min over Wx, Wy, max over Q of this. */
function objective(s: number, data: Data, { Wx, Wy, Q }: Record<'Wx' | 'Wy' | 'Q', Matrix>): number {
  const { Cxx, Cxy, Cyy } = covariances(data);
  const trace = (...factors: readonly Matrix[]) => factors.reduce((product, each) => product.mmul(each)).trace();
  const power = Wx.mmul(Cxx).mmul(Wx.transpose()).sub(Matrix.eye(Wx.rows));
  return (
    -2 * trace(Wx, Cxy, Wy.transpose()) +
    trace(Wy, metric(s, Cyy), Wy.transpose()) +
    trace(Q, Q.transpose(), power) +
    trace(inverse(metric(s, Cyy)), Cyy)
  );
}

function numbers(matrices: Readonly<Record<string, Matrix>>): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(matrices).map(([name, matrix]) => {
      return [name, { rows: matrix.rows, cols: matrix.columns, data: matrix.to1DArray() }];
    }),
  );
}

function random(seed: number): Record<'Wx' | 'Wy' | 'Q' | 'C', Matrix> {
  const matrix = (rows: number, cols: number, at: number) =>
    Matrix.from1DArray(rows, cols, normals(seed + at, rows * cols));
  const { inputs: m, labels: n } = sizes;
  return { Wx: matrix(2, m, 0), Wy: matrix(2, n, 1), Q: matrix(2, 2, 2), C: matrix(n, n, 3) };
}

describe.each([0, 0.5, 1])('s = %f', (s) => {
  test('mean updates vanish at the optimum, where the objective has its value in closed form', () => {
    const { weights, value } = optimum(s, twoViews, 2);
    const changes = changesOf(rule, settings, numbers(weights), twoViews, { s });
    for (const [name, change] of Object.entries(changes)) {
      expect(Math.max(...change.map(Math.abs)), name).toBeLessThan(1e-12);
    }
    expect(objective(s, twoViews, weights)).toBeCloseTo(value, 12);
  });

  test('with a ridge they vanish at the optimum of the ridged covariances', () => {
    const [ridge, batch] = [0.4, twoViews.X.length];
    const { weights } = optimum(s, twoViews, 2, ridge);
    const { C, ...others } = numbers(weights);
    const before = { ...others, ...(s > 0 && { C: C! }) };
    const plan = planNetwork({ rule, ...sizes, ...settings, batch, ridge, parameters: { s }, rates: anyRates });
    const reading = new Reading(plan, { weights: before, ridge });
    reading.learn(vectors(twoViews.X), vectors(twoViews.Y));
    for (const [name, { data }] of Object.entries(before)) {
      expect(relativeError(reading.weights()[name]!.data, [...Array.from(data)]), name).toBeLessThan(1e-12);
    }
  });

  test.each([1, 2, 3])('mean updates are −½ the gradient of the objective, that of Q +½ (weights %i)', (seed) => {
    const weights = random(10 * seed);
    const changes = changesOf(rule, settings, numbers(weights), twoViews, { s });
    for (const name of ['Wx', 'Wy', 'Q'] as const) {
      const step = 1e-5;
      const at = (i: number, by: number) => {
        const { rows, columns } = weights[name];
        const data = weights[name].to1DArray().map((value, j) => (i === j ? value + by : value));
        return objective(s, twoViews, { ...weights, [name]: Matrix.from1DArray(rows, columns, data) });
      };
      const half = name === 'Q' ? 1 / 2 : -1 / 2;
      const expected = changes[name]!.map((_, i) => (half * (at(i, step) - at(i, -step))) / (2 * step));
      expect(relativeError(changes[name]!, expected), name).toBeLessThan(1e-7);
    }
  });

  test('the prediction is Σs⁻¹ Wyᵀ z', () => {
    const { Wx, Wy, Q, C } = random(50);
    const reading = readingAt(rule, { ...settings, parameters: { s } }, numbers({ Wx, Wy, Q, C }));
    const { circuit, behaviour } = planNetwork({ rule, ...sizes, ...settings, parameters: { s }, rates: anyRates });
    const trace = circuit.trace(behaviour.predict!);
    const predicted = reading.compute(trace, vectors(twoViews.X))[trace.result!]!.flatMap((each) => [...each]);
    const expected = new Matrix(twoViews.X).mmul(metric(s, C).mmul(Wy.transpose()).mmul(Wx).transpose());
    expect(relativeError(predicted, expected.to1DArray())).toBeLessThan(1e-13);
  });

  test('with as many cells as labels, the optimum predicts as least squares do', async () => {
    const { weights } = optimum(s, twoViews, sizes.labels);
    const { C, ...others } = numbers(weights);
    const network = await createNetwork({
      ...{ rule, ...sizes, hidden: sizes.labels, parameters: { s }, rates: anyRates },
      weights: Object.fromEntries(
        Object.entries({ ...others, ...(s > 0 && { C: C! }) }).map(([name, { data, ...shape }]) => {
          return [name, { ...shape, data: Float32Array.from(data) }];
        }),
      ),
    });
    const { Cxx, Cxy } = covariances(twoViews);
    const expected = new Matrix(twoViews.X).mmul(inverse(Cxx)).mmul(Cxy);
    expect(relativeError(network.predict(twoViews.X.flat()), expected.to1DArray())).toBeLessThan(1e-5);
  });
});

const anyRates = { Wx: { eta0: 0.03, t0: 30 }, Wy: { eta0: 0.04, t0: 20 }, Q: { eta0: 0.02 } };

test.each<Partial<NetworkOptions>>([
  {},
  { ridge: 0.1 },
  { activation: 'tanh' },
  { activation: 'relu', meanRate: 0.01 },
])('s = 0 is BMVR to the last bit of the kernels: %o', async (options) => {
  const own = await createNetwork({ rule, ...sizes, hidden: 2, ...options, rates: anyRates, seed: 4 });
  const { Wx, Wy, Q } = own.weights();
  const bmvr = await createNetwork({
    ...{ rule: 'bmvr', ...sizes, hidden: 2, ...options },
    rates: { W1: anyRates.Wx, W2: anyRates.Wy, Q: anyRates.Q },
    weights: { W1: Wx!, W2: turned(Wy!), Q: Q! },
  });
  const { X, Y } = labelled('linear', 8, { count: 3000, ...sizes });
  for (const network of [own, bmvr]) network.partialFit(X.flat(), Y.flat());
  const [found, expected] = [own.weights(), bmvr.weights()];
  expect(found.Wx).toEqual(expected.W1);
  expect(turned(found.Wy!)).toEqual(expected.W2);
  expect(found.Q).toEqual(expected.Q);
  expect(found.zbar).toEqual(expected.zbar);
  expect(own.predict(X.flat())).toEqual(bmvr.predict(X.flat()));
});

const turned = (matrix: WeightMatrix) => ({ ...transpose(matrix), data: Float32Array.from(transpose(matrix).data) });

test('balanced one-hot labels make s idle: every s has the same subspace', () => {
  const classes = Array.from({ length: 60 }, (_, t) => t % sizes.labels);
  const data: Data = {
    X: classes.map((c, t) => normals(t, sizes.inputs).map((value, i) => value + (i + 1) * (c + 1) ** i)),
    Y: classes.map((c) => Array.from({ length: sizes.labels }, (_, i) => Number(i === c) - 1 / sizes.labels)),
  };
  const projector = (s: number) => {
    const { Wx } = optimum(s, data, 2).weights;
    return Wx.transpose()
      .mmul(inverse(Wx.mmul(Wx.transpose())))
      .mmul(Wx)
      .to1DArray();
  };
  for (const s of [0.5, 0.9]) expect(relativeError(projector(s), projector(0))).toBeLessThan(1e-9);
});

test.each([
  [1.9, 'less'],
  [2.1, 'more'],
])('with η ‖x‖² σ(QQᵀ) = %f, a sample that is learned again moves its activity %s far from rest', (bound) => {
  const [x] = twoViews.X;
  const squared = x!.reduce((sum, each) => sum + each ** 2, 0);
  const rates = { Wx: { eta0: bound / squared }, Wy: { eta0: 1e-30 }, Q: { eta0: 1e-30 } };
  const weights = numbers({ Wx: random(1).Wx, Wy: Matrix.zeros(2, 3), Q: Matrix.eye(2) });
  const reading = new Reading(planNetwork({ rule, ...sizes, ...settings, rates }), { weights });
  const activity = () => {
    const values = reading.learn(vectors([x!]), vectors([[0, 0, 0]]));
    return Math.hypot(...values[2]![0]!);
  };
  const [first, second] = [activity(), activity()];
  expect(second / first).toBeCloseTo(bound - 1, 10);
});

test.each(goldenClipped)('$name: clipped after every update, the reading is it, to 1e-12', (golden) => {
  const { config, initial, checkpoints, X, Y } = golden;
  const blueprint = planNetwork(goldenOptions(golden));
  const clip = config.clip as number;
  let weights: Record<string, Numbers> = Object.fromEntries(
    Object.entries(initial).map(([name, rows]) => [name, { ...matrixOf(rows), data: rows.flat() }]),
  );
  for (const [update, x] of X.entries()) {
    const reading = new Reading(blueprint, { weights });
    reading.learn(vectors([x]), vectors([Y[update]!]));
    weights = Object.fromEntries(
      Object.entries(reading.weights()).map(([name, { rows, cols, data }]) => {
        return [name, { rows, cols, data: data.map((value) => Math.min(clip, Math.max(-clip, value))) }];
      }),
    );
    for (const [name, rows] of Object.entries(checkpoints[update + 1] ?? {})) {
      expect(relativeError(weights[name]!.data, rows.flat()), `${name} after ${update + 1}`).toBeLessThan(1e-12);
    }
  }
});
