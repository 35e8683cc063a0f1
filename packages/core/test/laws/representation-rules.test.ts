import { EigenvalueDecomposition, inverse, Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { createNetwork, type Numbers, RandomStream, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { rateAt } from '../../src/network/schedule.ts';
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

const ofNumbers = ({ rows, cols, data }: Numbers) => Matrix.from1DArray(rows, cols, Array.from(data));

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

  test('there, Vx Cxx Vxᵀ + Vy Cyy Vyᵀ = I, and the outputs have the covariance M', () => {
    const spread = Vx.mmul(Cxx).mmul(Vx.transpose()).add(Vy.mmul(Cyy).mmul(Vy.transpose()));
    expect(relativeError(spread.to1DArray(), Matrix.eye(2).to1DArray())).toBeLessThan(1e-12);
    const z = x.mmul(Vx.transpose()).add(y.mmul(Vy.transpose()));
    expect(relativeError(mean(z, z).to1DArray(), M.to1DArray())).toBeLessThan(1e-12);
  });

  test('M stays positive definite while its rate is below 1', () => {
    const reading = new Reading(
      planNetwork({ rule: 'bio-cca', ...sizes, ...settings, rates: { ...rates, M: { eta0: 0.95 } } }),
      {
        weights: {},
      },
    );
    for (const [t, row] of X.entries()) {
      reading.learn([Float64Array.from(row)], [Float64Array.from(Y[t]!)]);
      const values = new EigenvalueDecomposition(ofNumbers(reading.weights().M!), { assumeSymmetric: true });
      expect(Math.min(...values.realEigenvalues)).toBeGreaterThan(0);
    }
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

/** B = M⁻¹/(1 − s), q = B y, M⁻¹ ← B − s/(1 + s qᵀy) q qᵀ: the inverse of (1 − s) M + s y yᵀ. */
function rankOne(inverseOfM: Matrix, y: Matrix, s: number): Matrix {
  const B = Matrix.div(inverseOfM, 1 - s);
  const q = B.mmul(y);
  return B.sub(q.mmul(q.transpose()).mul(s / (1 + s * q.transpose().mmul(y).get(0, 0))));
}

describe.each([
  ['similarity-matching', { W: { eta0: 0.2, t0: 20 }, M: { eta0: 0.2, t0: 20 } }],
  ['bio-cca', { Wx: { eta0: 0.02 }, Wy: { eta0: 0.02 }, M: { eta0: 0.1 } }],
] as const)('%s', (name, rates) => {
  test('the rest that is solved for is that of the inverse of M that a rank-one form carries, to 1e-12', () => {
    const options = {
      rule: name,
      ...sizes,
      ...settings,
      rates,
      labels: name === 'bio-cca' ? sizes.labels : 0,
      seed: 3,
    };
    const reading = new Reading(planNetwork(options), { weights: {}, seed: 3 });
    let inverseOfM = inverse(ofNumbers(reading.weights().M!));
    for (const [t, row] of X.entries()) {
      const { Wx, Wy, W } = reading.weights();
      const drive = (weights: Numbers, each: readonly number[]) =>
        ofNumbers(weights).mmul(Matrix.columnVector([...each]));
      const current = W ? drive(W, row) : drive(Wx!, row).add(drive(Wy!, Y[t]!));
      const z = inverseOfM.mmul(current);
      const values = reading.learn([Float64Array.from(row)], [Float64Array.from(W ? [] : Y[t]!)]);
      const rested = values.find(
        (value) => value?.[0]?.length === 2 && relativeError(value[0]!, z.to1DArray()) < 1e-12,
      );
      expect(rested, `sample ${t}`).toBeDefined();
      inverseOfM = rankOne(inverseOfM, z, rateAt(rates.M, t));
      expect(relativeError(inverse(ofNumbers(reading.weights().M!)).to1DArray(), inverseOfM.to1DArray())).toBeLessThan(
        1e-12,
      );
    }
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
      const F = inverse(ofNumbers(M!)).mmul(ofNumbers(W!));
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
