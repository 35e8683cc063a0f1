import { EigenvalueDecomposition, inverse, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { createNetwork, type Numbers, RandomStream } from '../../src/index.ts';
import { normals, relativeError } from '../fixtures.ts';
import { labelled } from '../registry.ts';
import { changesOf, sizes } from './changes.ts';

const settings = { hidden: 2 };
const { inputs: m, labels: n } = sizes;

const { X, Y } = (() => {
  const drawn = labelled('linear', 3, { count: 40, ...sizes });
  return { X: drawn.X, Y: drawn.Y.map((y, t) => y.map((each, i) => each + (i + 1) * drawn.X[t]![i]!)) };
})();
const mean = (a: Matrix, b: Matrix) => a.transpose().mmul(b).div(a.rows);
const [x, y] = [new Matrix(X), new Matrix(Y)];
const [Cxx, Cxy, Cyy] = [mean(x, x), mean(x, y), mean(y, y)];

/** A power of a symmetric matrix, through its eigenvectors. */
function power(matrix: Matrix, exponent: number): Matrix {
  const { realEigenvalues, eigenvectorMatrix: V } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return V.mmul(Matrix.diag(realEigenvalues.map((value) => value ** exponent))).mmul(V.transpose());
}

/** Canonical correlations ρ, and the directions of the two views, one a row: Ukᵀ Cxx^(−½), Vkᵀ Cyy^(−½). */
const canonical = (() => {
  const [whiteX, whiteY] = [power(Cxx, -1 / 2), power(Cyy, -1 / 2)];
  const svd = new SingularValueDecomposition(whiteX.mmul(Cxy).mmul(whiteY));
  const first = (vectors: Matrix) => vectors.subMatrix(0, vectors.rows - 1, 0, 1).transpose();
  return {
    rho: svd.diagonal.slice(0, 2),
    x: first(svd.leftSingularVectors).mmul(whiteX),
    y: first(svd.rightSingularVectors).mmul(whiteY),
  };
})();

function numbers(matrices: Readonly<Record<string, Matrix>>): Record<string, Numbers> {
  return Object.fromEntries(
    Object.entries(matrices).map(([name, each]) => {
      return [name, { rows: each.rows, cols: each.columns, data: each.to1DArray() }];
    }),
  );
}

function floats(matrices: Readonly<Record<string, Matrix>>) {
  return Object.fromEntries(
    Object.entries(numbers(matrices)).map(([name, each]) => [name, { ...each, data: Float32Array.from(each.data) }]),
  );
}

function expectRest(changes: Readonly<Record<string, readonly number[]>>) {
  for (const [name, change] of Object.entries(changes)) {
    expect(Math.max(...change.map(Math.abs)), name).toBeLessThan(1e-12);
  }
}

const matrix = (seed: number, rows: number, cols: number) => Matrix.from1DArray(rows, cols, normals(seed, rows * cols));

describe('bio-cca', () => {
  const rates = { Wx: { eta0: 0.01 }, Wy: { eta0: 0.01 }, M: { eta0: 0.01 } };
  const { rho } = canonical;
  const M = Matrix.diag(rho.map((each) => 1 + each));
  const [Vx, Vy] = [canonical.x, canonical.y].map((each) => Matrix.div(each, Math.SQRT2)) as [Matrix, Matrix];
  const optimum = { Wx: M.mmul(Vx), Wy: M.mmul(Vy), M };

  test('mean updates vanish where the eigenvalues of M are 1 + ρ', () => {
    expectRest(changesOf('bio-cca', settings, numbers(optimum), { X, Y }));
  });

  test('there, transform is Vx x with tr(Vx Cxy Vyᵀ) = ½ Σ ρ', async () => {
    const network = await createNetwork({ rule: 'bio-cca', ...sizes, ...settings, rates, weights: floats(optimum) });
    const z = network.transform(X.flat());
    expect(relativeError(z, x.mmul(Vx.transpose()).to1DArray())).toBeLessThan(1e-5);
    expect(Vx.mmul(Cxy).mmul(Vy.transpose()).trace()).toBeCloseTo((rho[0]! + rho[1]!) / 2, 12);
  });

  test('mean updates of W are −¼ the gradient of the objective, that of M +½: W learns at twice the rate of a descent', () => {
    const root = matrix(7, 2, 2);
    const weights = { Wx: matrix(5, 2, m), Wy: matrix(6, 2, n), M: root.mmul(root.transpose()).add(Matrix.eye(2)) };
    const objective = ({ Wx, Wy, M: lateral }: typeof weights) => {
      const drive = x.mmul(Wx.transpose()).add(y.mmul(Wy.transpose()));
      const rest = mean(drive, drive).mmul(inverse(lateral)).trace();
      const spread = Wx.mmul(Cxx).mmul(Wx.transpose()).add(Wy.mmul(Cyy).mmul(Wy.transpose())).trace();
      return -2 * rest + 2 * spread - lateral.mmul(lateral.transpose()).trace();
    };
    const changes = changesOf('bio-cca', settings, numbers(weights), { X, Y });
    for (const name of ['Wx', 'Wy', 'M'] as const) {
      const at = (i: number, by: number) => {
        const { rows, columns } = weights[name];
        const data = weights[name].to1DArray().map((value, j) => (i === j ? value + by : value));
        return objective({ ...weights, [name]: Matrix.from1DArray(rows, columns, data) });
      };
      const factor = name === 'M' ? 1 / 2 : -1 / 4;
      const expected = changes[name]!.map((_, i) => (factor * (at(i, 1e-5) - at(i, -1e-5))) / 2e-5);
      expect(relativeError(changes[name]!, expected), name).toBeLessThan(1e-7);
    }
  });
});

describe('bio-cca-adaptive', () => {
  const { rho } = canonical;
  const gain = Matrix.diag(rho.map((each) => Math.sqrt((1 + each) / 2)));
  const [Wx, Wy] = [gain.mmul(canonical.x), gain.mmul(canonical.y)];

  test('mean updates vanish where P Pᵀ = 1 + ρ − α, with outputs of variance 1', () => {
    const alpha = 1.01;
    const P = Matrix.diag(rho.map((each) => Math.sqrt(1 + each - alpha)));
    expectRest(changesOf('bio-cca-adaptive', settings, numbers({ Wx, Wy, P }), { X, Y }, { alpha }));
    const z = x
      .mmul(Wx.transpose())
      .add(y.mmul(Wy.transpose()))
      .mmul(Matrix.diag(rho.map((each) => 1 / (1 + each))));
    expect(relativeError(mean(z, z).to1DArray(), Matrix.eye(2).to1DArray())).toBeLessThan(1e-12);
  });

  test('a component with 1 + ρ < α falls silent: its weights shrink from wherever they are near zero', () => {
    const alpha = 1 + (rho[0]! + rho[1]!) / 2;
    const only = (each: Matrix, second: number) =>
      new Matrix(each.to2DArray().map((row, i) => row.map((value) => (i === 0 ? value : second * value))));
    const P = Matrix.diag([Math.sqrt(1 + rho[0]! - alpha), 1e-3]);
    const weights = { Wx: only(Wx, 1e-3), Wy: only(Wy, 1e-3), P };
    const changes = changesOf('bio-cca-adaptive', settings, numbers(weights), { X, Y }, { alpha });
    const along = (name: 'Wx' | 'Wy' | 'P') => {
      const { columns } = weights[name];
      return weights[name].getRow(1).reduce((sum, value, j) => sum + value * changes[name]![columns + j]!, 0);
    };
    expect(along('Wx') + along('Wy')).toBeLessThan(0);
    expect(along('P')).toBeLessThan(0);
  });
});

describe('similarity-matching', () => {
  const rule = 'similarity-matching';
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(Cxx, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const two = order.slice(0, 2);

  test('mean updates vanish at W = M F, where the rows of F are principal directions, and M = diag(λ)', () => {
    const F = new Matrix(two.map((i) => eigenvectorMatrix.getColumn(i)));
    const M = Matrix.diag(two.map((i) => realEigenvalues[i]!));
    expectRest(changesOf(rule, settings, numbers({ W: M.mmul(F), M }), { X, Y: X.map(() => []) }));
  });

  test('one pass over a spiked covariance comes as near to principal components as an independent program does', async () => {
    const [D, k, count] = [50, 10, 10_000];
    const errors: number[] = [];
    for (const seed of [1, 2, 3]) {
      const data = spiked(seed, D, k, count);
      const rates = { W: { eta0: 0.4, t0: 5 }, M: { eta0: 0.4, t0: 5 } };
      const network = await createNetwork({ rule, inputs: D, labels: 0, hidden: k, rates, seed });
      network.fit(data.to1DArray(), undefined, { order: 'as-given' });
      const { W, M } = network.weights();
      const of = ({ rows, cols, data: values }: Numbers) => Matrix.from1DArray(rows, cols, Array.from(values));
      const F = inverse(of(M!)).mmul(of(W!));
      const basis = power(F.mmul(F.transpose()), -1 / 2).mmul(F);
      const U = new EigenvalueDecomposition(mean(data, data), { assumeSymmetric: true });
      const sorted = U.realEigenvalues.map((_, i) => i).sort((a, b) => U.realEigenvalues[b]! - U.realEigenvalues[a]!);
      const batch = new Matrix(sorted.slice(0, k).map((i) => U.eigenvectorMatrix.getColumn(i)));
      const overlap = basis.mmul(batch.transpose()).to1DArray();
      errors.push(Math.sqrt((2 * k - 2 * overlap.reduce((sum, value) => sum + value * value, 0)) / k));
    }
    // .00273 ± .0001
    const found = errors.reduce((sum, each) => sum + each, 0) / errors.length;
    expect(Math.abs(found / 0.00273 - 1), `${errors}`).toBeLessThan(0.15);
  });
});

describe('adaptive-equalised', () => {
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(Cxx, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const [alpha, beta] = [realEigenvalues[order[2]!]! * 1.05, 0.7];
  const lambda = order.slice(0, 2).map((i) => realEigenvalues[i]!);
  const F = new Matrix(order.slice(0, 2).map((i) => eigenvectorMatrix.getColumn(i)));

  test('mean updates vanish where outputs of variance β and interneurons of variance λ − α span what lies above α', () => {
    expect(lambda[1]).toBeGreaterThan(alpha);
    // y = √(β/λ) F x, n = V y with ⟨n nᵀ⟩ = λ − α: V = √((λ − α)/β), U = ⟨y nᵀ⟩/α, and W = ⟨y xᵀ⟩/α.
    const gain = lambda.map((each) => Math.sqrt(beta / each));
    const V = lambda.map((each) => Math.sqrt((each - alpha) / beta));
    const weights = {
      W: Matrix.diag(gain.map((each, i) => (each * lambda[i]!) / alpha)).mmul(F),
      U: Matrix.diag(V.map((each) => (each * beta) / alpha)),
      V: Matrix.diag(V),
    };
    const parameters = { alpha, beta, interneurons: 2 };
    expectRest(changesOf('adaptive-equalised', settings, numbers(weights), { X, Y: X.map(() => []) }, parameters));
  });

  test('weights are exact running averages, and feedback that starts as the transpose stays a multiple of it', async () => {
    const [D, k, l, count] = [6, 5, 2, 200];
    const data = matrix(9, count, D);
    const V = matrix(10, l, k).mul(0.1);
    const weights = { W: matrix(11, k, D).mul(0.3), V, U: V.transpose() };
    const rate = (step: number) => ({ eta0: 1 / (10 + step), t0: (10 + step) / step });
    const network = await createNetwork({
      ...{ rule: 'adaptive-equalised', inputs: D, labels: 0, hidden: k },
      parameters: { alpha: 1, beta: 0.8, interneurons: l },
      rates: { W: rate(1), U: rate(1), V: rate(0.8) },
      weights: floats(weights),
    });
    const sum = Matrix.mul(weights.W, 10);
    for (const row of data.to2DArray()) {
      const y = Matrix.columnVector(Array.from(network.transform(row)));
      sum.add(y.mmul(Matrix.rowVector(row)));
      network.learn(row);
    }
    const { W, U, V: forward } = network.weights();
    expect(relativeError(W!.data, sum.div(10 + count).to1DArray())).toBeLessThan(2e-5);
    const turned = Matrix.from1DArray(l, k, Array.from(forward!.data)).transpose();
    const scale = (10 + 0.8 * count) / (10 + count);
    expect(relativeError(U!.data, turned.mul(scale).to1DArray())).toBeLessThan(2e-5);
  });
});

/** X = U diag(√linspace(1, .5, k)) S + √ρ N with ρ = .002, centred, of mean norm 1. */
function spiked(seed: number, D: number, k: number, count: number): Matrix {
  const stream = new RandomStream(seed, 'spiked');
  const gaussian = (rows: number, cols: number) =>
    Matrix.from1DArray(
      rows,
      cols,
      Array.from({ length: rows * cols }, () => stream.normal()),
    );
  const root = gaussian(D, k);
  const U = root.mmul(power(root.transpose().mmul(root), -1 / 2));
  const scales = Matrix.diag(Array.from({ length: k }, (_, i) => Math.sqrt(1 - (0.5 * i) / (k - 1))));
  const data = gaussian(count, k).mmul(scales).mmul(U.transpose());
  data.add(gaussian(count, D).mul(Math.sqrt(0.002))).subRowVector(data.mean('column'));
  const norms = data.to2DArray().map((row) => Math.hypot(...row));
  return data.div(norms.reduce((sum, each) => sum + each, 0) / count);
}
