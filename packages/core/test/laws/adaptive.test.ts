import { EigenvalueDecomposition, inverse, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { type Numbers, type ParameterValue, Reading } from '../../src/index.ts';
import { planNetwork } from '../../src/network/options.ts';
import { normals, relativeError } from '../fixtures.ts';

// The laws of adaptive dimensionality reduction by soft thresholding, hard thresholding, and with equalised outputs.

const m = 4;
const rates = { W: { eta0: 1 }, U: { eta0: 1 }, V: { eta0: 1 }, M: { eta0: 1 } };

type Weights = Readonly<Record<string, Matrix>>;

const matrix = (seed: number, rows: number, cols: number) => Matrix.from1DArray(rows, cols, normals(seed, rows * cols));
const of = ({ rows, cols, data }: Numbers) => Matrix.from1DArray(rows, cols, Array.from(data));
const diagonal = (values: readonly number[]) => Matrix.diag([...values]);
const squares = (rows: Matrix) => Matrix.mul(rows, rows).sum('column');

function readingOf(rule: string, k: number, parameters: Readonly<Record<string, ParameterValue>>, weights: Weights) {
  const own = rule === 'adaptive-soft' ? ['W', 'M'] : rule === 'adaptive-hard' ? ['W', 'U', 'V', 'M'] : ['W', 'U', 'V'];
  const given = Object.fromEntries(own.map((name) => [name, rates[name as keyof typeof rates]]));
  const blueprint = planNetwork({ rule, inputs: m, labels: 0, hidden: k, parameters, rates: given });
  const numbers = Object.entries(weights).map(([name, each]) => {
    return [name, { rows: each.rows, cols: each.columns, data: each.to1DArray() }] as const;
  });
  const trace = blueprint.circuit.trace((x, y) => void blueprint.behaviour.learn(x, y));
  return { reading: new Reading(blueprint, { weights: Object.fromEntries(numbers) }), trace };
}

/** y and n of samples, one a row, as a network comes to rest with them and learns nothing. */
function atRest({ reading, trace }: ReturnType<typeof readingOf>, X: Matrix) {
  const values = reading.compute(trace, rowsOf(X));
  const named = (symbol: string) => {
    const id = trace.signals.findLast((signal) => signal.symbol === symbol)?.id;
    return id === undefined ? undefined : new Matrix(values[id]!.map((each) => [...each]));
  };
  return { y: named('y')!, n: named('n') };
}

const rowsOf = (X: Matrix) => X.to2DArray().map((row) => Float64Array.from(row));

function learn(reading: Reading, X: Matrix): void {
  for (const row of rowsOf(X)) reading.learn([row], [new Float64Array(0)]);
}

const states = (reading: Reading, name: string) => of(reading.weights()[name]!).to1DArray();

describe.each(['adaptive-soft', 'adaptive-hard', 'adaptive-equalised'])('%s', (rule) => {
  const [k, l, count, start] = [3, 2, 60, 10];
  const [alpha, beta] = [0.6, 0.8];
  const parameters: Record<string, ParameterValue> = {
    ...{ alpha, start },
    ...(rule !== 'adaptive-soft' && { interneurons: l }),
    ...(rule === 'adaptive-equalised' && { beta }),
  };
  const X = matrix(9, count, m);
  const V = matrix(10, l, k).mul(0.3);
  const first: Weights = {
    W: matrix(11, k, m).mul(0.5),
    ...(rule !== 'adaptive-soft' && { V, U: V.transpose() }),
  };

  test('D and weights are exact running sums and averages', () => {
    const network = readingOf(rule, k, parameters, first);
    const { reading } = network;
    const outputs = X.to2DArray().map((row) => {
      const { y, n } = atRest(network, new Matrix([row]));
      learn(reading, new Matrix([row]));
      return { y: y.getRow(0), n: n?.getRow(0) ?? [] };
    });
    const y = new Matrix(outputs.map((each) => each.y));
    const n = new Matrix(outputs.map((each) => each.n));
    const weights = Object.fromEntries(Object.entries(reading.weights()).map(([name, each]) => [name, of(each)]));
    const sum = (post: Matrix, pre: Matrix, begun?: Matrix) => {
      const gained = post.transpose().mmul(pre);
      return begun ? gained.add(Matrix.mul(begun, start)) : gained;
    };
    const off = (each: Matrix) => each.clone().sub(Matrix.diag(each.diagonal()));
    const expectSum = (D: readonly number[], name: string, expected: Matrix) => {
      expect(relativeError(diagonal(D).mmul(weights[name]!).to1DArray(), expected.to1DArray()), name).toBeLessThan(
        1e-12,
      );
    };
    const grown = (by: number, values: Matrix) => squares(values).map((each) => start + by * count + each);
    if (rule === 'adaptive-soft') {
      const D = states(reading, 'D');
      expect(relativeError(D, grown(alpha, y))).toBeLessThan(1e-12);
      expectSum(D, 'W', sum(y, X, first.W));
      expectSum(D, 'M', off(sum(y, y)));
      return;
    }
    const [Dy, Dn] = [states(reading, 'Dy'), states(reading, 'Dn')];
    expect(
      relativeError(
        Dy,
        Dy.map(() => start + alpha * count),
      ),
    ).toBeLessThan(1e-12);
    const isHard = rule === 'adaptive-hard';
    const expectedDn = isHard ? grown(alpha, n) : Dn.map(() => start + beta * count);
    expect(relativeError(Dn, expectedDn)).toBeLessThan(1e-12);
    expectSum(Dy, 'W', sum(y, X, first.W));
    expectSum(Dy, 'U', sum(y, n, first.U));
    expectSum(Dn, 'V', sum(n, y, first.V));
    if (isHard) expectSum(Dn, 'M', off(sum(n, n)));
  });

  test.skipIf(rule === 'adaptive-soft')(
    'feedback that starts as the transpose of feedforward stays it, each times its D, and rest is positive definite',
    () => {
      const { reading } = readingOf(rule, k, parameters, first);
      learn(reading, X);
      const { U, V: forward, M } = reading.weights();
      const back = diagonal(states(reading, 'Dy')).mmul(of(U!));
      const there = diagonal(states(reading, 'Dn')).mmul(of(forward!));
      expect(relativeError(back.to1DArray(), there.transpose().to1DArray())).toBeLessThan(1e-12);
      const S = M ? inverse(Matrix.eye(l).add(of(M))).mmul(of(forward!)) : of(forward!);
      expectPositiveDefinite(diagonal(states(reading, 'Dy')).mmul(Matrix.eye(k).add(of(U!).mmul(S))));
    },
  );

  test.skipIf(rule === 'adaptive-equalised')(
    'D (I + M) is symmetric and positive definite, so that cells which take turns settle where all are at rest',
    () => {
      const { reading } = readingOf(rule, k, parameters, first);
      learn(reading, X);
      const size = rule === 'adaptive-soft' ? k : l;
      const M = of(reading.weights().M!);
      expect(M.diagonal()).toEqual(new Array(size).fill(0));
      const lateral = Matrix.eye(size).add(M);
      expectPositiveDefinite(diagonal(states(reading, rule === 'adaptive-soft' ? 'D' : 'Dn')).mmul(lateral));
      const u = normals(4, size);
      const cells = new Array<number>(size).fill(0);
      for (let turn = 0; turn < 200; turn++) {
        for (let i = 0; i < size; i++) cells[i] = u[i]! - M.getRow(i).reduce((sum, w, j) => sum + w * cells[j]!, 0);
      }
      expect(relativeError(cells, inverse(lateral).mmul(Matrix.columnVector(u)).to1DArray())).toBeLessThan(1e-12);
    },
  );
});

function expectPositiveDefinite(matrix: Matrix): void {
  expect(relativeError(matrix.to1DArray(), matrix.transpose().to1DArray())).toBeLessThan(1e-12);
  expect(Math.min(...new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues)).toBeGreaterThan(
    0,
  );
}

describe('at the optimum', () => {
  const X = matrix(21, 50, m).mmul(matrix(22, m, m));
  const Cxx = X.transpose().mmul(X).div(X.rows);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(Cxx, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const lambda = order.slice(0, 2).map((i) => realEigenvalues[i]!);
  const alpha = realEigenvalues[order[2]!]! * 1.05;
  const F = new Matrix(order.slice(0, 2).map((i) => eigenvectorMatrix.getColumn(i)));
  // Any rotations of the cells and of the interneurons.
  const rotation = (angle: number) =>
    new Matrix([
      [Math.cos(angle), -Math.sin(angle)],
      [Math.sin(angle), Math.cos(angle)],
    ]);
  const [R, Q] = [rotation(0.7), rotation(2)];
  const spread = (f: (l: number) => number, by = R) => by.mmul(diagonal(lambda.map(f))).mmul(by.transpose());
  const mixed = (f: (l: number) => number, left = R) => left.mmul(diagonal(lambda.map(f)));
  /** D that is far larger than what a sample adds to it, so that all samples learn at one rate. */
  const start = 1e13;

  /** Weights of cells that have the covariance: those that they have on average, with what is α of each. */
  const averages = (covariance: Matrix) => {
    const D = covariance.diagonal().map((each) => alpha + each);
    const share = (sum: Matrix) => diagonal(D.map((each) => 1 / each)).mmul(sum);
    return { share, M: share(covariance).sub(diagonal(covariance.diagonal().map((each, i) => each / D[i]!))) };
  };

  const soft = () => {
    const gain = (l: number) => Math.sqrt((l - alpha) / l);
    const { share, M } = averages(spread((l) => l - alpha));
    return { weights: { W: share(mixed((l) => gain(l) * l).mmul(F)), M }, y: mixed(gain).mmul(F), n: undefined };
  };
  const hard = () => {
    const gain = (l: number) => Math.sqrt((l - alpha) / l);
    const { share, M } = averages(spread((l) => l - alpha, Q));
    const cross = mixed((l) => gain(l) * l).mmul(Q.transpose());
    const weights = { W: mixed((l) => l / alpha).mmul(F), U: Matrix.div(cross, alpha), V: share(cross.transpose()), M };
    return { weights, y: R.mmul(F), n: mixed(gain, Q).mmul(F) };
  };
  const beta = 0.7;
  const equalised = () => {
    const gain = (l: number) => Math.sqrt(beta / l);
    const inter = (l: number) => Math.sqrt((l - alpha) / l);
    const cross = mixed((l) => gain(l) * inter(l) * l).mmul(Q.transpose());
    const weights = {
      W: mixed((l) => (gain(l) * l) / alpha).mmul(F),
      U: Matrix.div(cross, alpha),
      V: Matrix.div(cross.transpose(), beta),
    };
    return { weights, y: mixed(gain).mmul(F), n: mixed(inter, Q).mmul(F) };
  };

  test.each([
    ['adaptive-soft', soft, { alpha, start }],
    ['adaptive-hard', hard, { alpha, start, interneurons: 2 }],
    ['adaptive-equalised', equalised, { alpha, beta, start, interneurons: 2 }],
  ] as const)(
    '%s: mean updates vanish, and x is mapped onto its scaled principal subspace exactly',
    (rule, optimum, parameters) => {
      expect(lambda[1]).toBeGreaterThan(alpha);
      const { weights, y, n } = optimum();
      const network = readingOf(rule, 2, parameters, weights);
      const { changes } = network.reading.respond(rowsOf(X), rowsOf(Matrix.zeros(X.rows, 0)));
      for (const [name, { data }] of Object.entries(changes)) {
        expect(start * Math.max(...data.map(Math.abs)), name).toBeLessThan(1e-11);
      }
      const found = atRest(network, X);
      expect(relativeError(found.y.to1DArray(), X.mmul(y.transpose()).to1DArray())).toBeLessThan(1e-12);
      if (n) expect(relativeError(found.n!.to1DArray(), X.mmul(n.transpose()).to1DArray())).toBeLessThan(1e-12);
    },
  );

  test('output spectra: λ − α, λ, and β; interneurons carry λ − α', () => {
    const spectrum = (map: Matrix) =>
      new EigenvalueDecomposition(map.mmul(Cxx).mmul(map.transpose()), { assumeSymmetric: true }).realEigenvalues.sort(
        (a, b) => b - a,
      );
    const less = lambda.map((l) => l - alpha);
    expect(relativeError(spectrum(soft().y), less)).toBeLessThan(1e-12);
    expect(relativeError(spectrum(hard().y), lambda)).toBeLessThan(1e-12);
    expect(relativeError(spectrum(equalised().y), [beta, beta])).toBeLessThan(1e-12);
    for (const { n } of [hard(), equalised()]) expect(relativeError(spectrum(n!), less)).toBeLessThan(1e-12);
  });

  test('the loop gain of principal cells and interneurons is λ/α − 1: cells that take turns diverge above 1', () => {
    const { U, V, M } = hard().weights;
    const loop = U.mmul(inverse(Matrix.eye(2).add(M))).mmul(V);
    const gains = lambda.map((l) => l / alpha - 1);
    expect(
      relativeError(
        new EigenvalueDecomposition(loop).realEigenvalues.sort((a, b) => b - a),
        gains,
      ),
    ).toBeLessThan(1e-12);
    const other = equalised().weights;
    expect(
      relativeError(
        new EigenvalueDecomposition(other.U.mmul(other.V)).realEigenvalues.sort((a, b) => b - a),
        gains,
      ),
    ).toBeLessThan(1e-12);
    // y ← u − U n(y), from y = 0.
    let y = Matrix.zeros(2, 1);
    const u = Matrix.columnVector([1, 1]);
    const sizes = Array.from({ length: 30 }, () => {
      y = Matrix.sub(u, loop.mmul(y));
      return y.norm();
    });
    expect(gains[0]).toBeGreaterThan(1.5);
    expect(sizes.at(-1)).toBeGreaterThan(1e3);
  });
});
