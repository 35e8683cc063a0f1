import { readFileSync } from 'node:fs';
import { Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import {
  createNetwork,
  createProbe,
  findRule,
  fittingProbes,
  InputError,
  type NetworkOptions,
  probeReadings,
  type Rule,
  samplesOf,
} from '../../src/index.ts';
import {
  canonicalObjectiveError,
  distanceFromIdentity,
  mappedSpectrum,
  orthonormality,
  reducedRankLoss,
  spectrumError,
  subspaceError,
  viewSpectrum,
} from '../../src/theory/normative-measures.ts';
import { canonicalCorrelations, principalComponents, reducedRankOptimum } from '../../src/theory/normative-optima.ts';
import { inputCovariance, secondMoments } from '../../src/theory/second-moments.ts';
import { normals, rates, relativeError } from '../fixtures.ts';

type Rows = number[][];

/** What NumPy says: made by optima.py. */
interface Fixture extends Record<'X' | 'Y' | 'Vx' | 'Vy' | 'F' | 'Wx' | 'Wy', Rows> {
  readonly variances: number[];
  readonly correlations: number[];
  readonly principalSubspace: number;
  readonly leadingSubspace: number;
  readonly mappedSpectrum: number[];
  readonly canonicalX: number;
  readonly canonicalY: number;
  readonly canonicalObjective: number;
  readonly orthonormality: number;
  readonly viewSpectrum: number[];
  readonly reducedRank: readonly (Record<'s' | 'ridge' | 'value' | 'power' | 'loss' | 'constraint', number> & {
    readonly singularValues: number[];
  })[];
}

const numpy: Fixture = JSON.parse(readFileSync(new URL('optima.json', import.meta.url), 'utf8'));
const [X, Y] = [new Matrix(numpy.X), new Matrix(numpy.Y)];
const [m, n, k] = [X.columns, Y.columns, 3];
const mean = (a: Matrix, b: Matrix) => a.transpose().mmul(b).div(a.rows);
const moments = (ridge = 0) => ({
  Cxx: mean(X, X).add(Matrix.eye(m).mul(ridge)),
  Cxy: mean(X, Y),
  Cyy: mean(Y, Y).add(Matrix.eye(n).mul(ridge)),
});
const first = (rows: Matrix, count = k) => rows.subMatrix(0, count - 1, 0, rows.columns - 1);
const samples = samplesOf({ X: X.to1DArray(), Y: Y.to1DArray(), inputs: m });

describe('as NumPy has them', () => {
  test('second moments of samples', async () => {
    const { Cxx, Cxy, Cyy } = await secondMoments(samples, 0.1);
    const expected = moments(0.1);
    for (const [found, each] of [
      [Cxx, expected.Cxx],
      [Cxy, expected.Cxy],
      [Cyy, expected.Cyy],
    ] as const) {
      expect(relativeError(found.to1DArray(), each.to1DArray())).toBeLessThan(1e-6);
    }
    const alone = await inputCovariance(samplesOf({ X: X.to1DArray(), inputs: m }));
    expect(relativeError(alone.to1DArray(), moments().Cxx.to1DArray())).toBeLessThan(1e-6);
  });

  test('principal components, and how far maps are from them', () => {
    const { variances, directions } = principalComponents(moments().Cxx);
    expect(relativeError(variances, numpy.variances)).toBeLessThan(1e-12);
    const F = new Matrix(numpy.F);
    expect(subspaceError(F, first(directions))).toBeCloseTo(numpy.principalSubspace, 12);
    expect(subspaceError(F, first(directions, 2), 2)).toBeCloseTo(numpy.leadingSubspace, 12);
    expect(relativeError(mappedSpectrum(F, moments().Cxx), numpy.mappedSpectrum)).toBeLessThan(1e-12);
    expect(subspaceError(first(directions).mul(3), first(directions))).toBeCloseTo(0, 12);
  });

  test('canonical correlations, and how far maps are from them', () => {
    const { correlations, x, y } = canonicalCorrelations(moments());
    expect(relativeError(correlations, numpy.correlations)).toBeLessThan(1e-12);
    const maps = { x: new Matrix(numpy.Vx), y: new Matrix(numpy.Vy) };
    expect(subspaceError(maps.x, first(x))).toBeCloseTo(numpy.canonicalX, 12);
    expect(subspaceError(maps.y, first(y))).toBeCloseTo(numpy.canonicalY, 12);
    expect(canonicalObjectiveError(maps, moments(), correlations)).toBeCloseTo(numpy.canonicalObjective, 12);
    expect(orthonormality(maps, moments()) / numpy.orthonormality).toBeCloseTo(1, 12);
    expect(relativeError(viewSpectrum(maps, moments()), numpy.viewSpectrum)).toBeLessThan(1e-12);
    const best = { x: first(x).div(Math.SQRT2), y: first(y).div(Math.SQRT2) };
    expect(canonicalObjectiveError(best, moments(), correlations)).toBeCloseTo(0, 12);
    expect(orthonormality(best, moments())).toBeCloseTo(0, 12);
    expect(
      spectrumError(
        viewSpectrum(best, moments()),
        [...correlations.subarray(0, k)].map((rho) => 1 + rho),
      ),
    ).toBeCloseTo(0, 12);
  });

  test.each(numpy.reducedRank)(
    'reduced-rank regression at s = $s with a ridge of $ridge',
    ({ s, ridge, ...expected }) => {
      const at = moments(ridge);
      const found = reducedRankOptimum(at, { hidden: k, s });
      expect(found.value / expected.value).toBeCloseTo(1, 11);
      expect(found.power / expected.power).toBeCloseTo(1, 11);
      expect(relativeError(found.singularValues, expected.singularValues)).toBeLessThan(1e-11);
      const weights = { Wx: new Matrix(numpy.Wx), Wy: new Matrix(numpy.Wy) };
      expect(reducedRankLoss(weights, at, { s, power: found.power }) / expected.loss).toBeCloseTo(1, 11);
      expect(reducedRankLoss(found, at, { s, power: found.power }) / expected.value).toBeCloseTo(1, 11);
      const spread = (W: Matrix) => W.mmul(at.Cxx).mmul(W.transpose());
      expect(distanceFromIdentity(spread(weights.Wx))).toBeCloseTo(expected.constraint, 11);
      expect(distanceFromIdentity(spread(found.Wx))).toBeCloseTo(0, 10);
    },
  );
});

test('what there is no optimum of is refused in one line', () => {
  const { Cxx, Cxy, Cyy } = moments();
  expect(() => reducedRankOptimum({ Cxx, Cxy, Cyy }, { hidden: 5, s: 0 })).toThrow(
    'the rank is 5, but must be a whole number from 1 to 4',
  );
  expect(() => reducedRankOptimum({ Cxx, Cxy, Cyy }, { hidden: 2, s: 1.5 })).toThrow(
    's is 1.5, but must be from 0 to 1',
  );
  const nothing = { Cxx: Cxx.clone().mul(0), Cxy: Cxy.clone().mul(0), Cyy };
  for (const wrong of [() => canonicalCorrelations(nothing), () => reducedRankOptimum(nothing, { hidden: 2, s: 0 })]) {
    expect(wrong).toThrow(InputError);
    expect(wrong).toThrow('the covariance of inputs is zero: all its numbers are constant');
  }
});

test('numbers that are always 0, and combinations of others, change no correlation and no optimum', () => {
  const withMore = (rows: number[][]) => new Matrix(rows.map((row) => [...row, 0, row[0]! - 2 * row[1]!]));
  const [wideX, wideY] = [withMore(numpy.X), withMore(numpy.Y)];
  const wide = { Cxx: mean(wideX, wideX), Cxy: mean(wideX, wideY), Cyy: mean(wideY, wideY) };
  const { correlations, x } = canonicalCorrelations(wide);
  expect(relativeError(correlations, numpy.correlations)).toBeLessThan(1e-9);
  const outputs = (data: Matrix, directions: Matrix) => data.mmul(directions.transpose());
  const expected = outputs(X, first(canonicalCorrelations(moments()).x, 1)).to1DArray();
  const found = outputs(wideX, first(x, 1)).to1DArray();
  const sign = Math.sign(found[0]! * expected[0]!);
  expect(
    relativeError(
      found.map((each) => sign * each),
      expected,
    ),
  ).toBeLessThan(1e-8);
  const ofInputs = { Cxx: wide.Cxx, Cxy: mean(wideX, Y), Cyy: moments().Cyy };
  for (const { s, ridge, value } of numpy.reducedRank.filter((each) => each.ridge === 0)) {
    expect(reducedRankOptimum(ofInputs, { hidden: k, s }).value / value, `s = ${s}, ${ridge}`).toBeCloseTo(1, 9);
  }
});

test('weights of inputs that are always 0 do not count as distance from canonical directions', async () => {
  const silent = numpy.X.map((row) => [...row, 0]);
  const { Cxx, Cxy, Cyy } = moments();
  const { correlations, x, y } = canonicalCorrelations({ Cxx, Cxy, Cyy });
  const M = Matrix.diag([...correlations.subarray(0, k)].map((rho) => 1 + rho));
  const Wx = M.mmul(first(x)).div(Math.SQRT2);
  const data = Wx.to2DArray().map((row) => [...row, 5]);
  const matrix = (rows: number[][]) => ({ rows: k, cols: rows[0]!.length, data: Float32Array.from(rows.flat()) });
  const network = await createNetwork({
    ...{ rule: 'bio-cca', inputs: m + 1, labels: n, hidden: k, rates: rates('bio-cca', { eta0: 0.01 }) },
    weights: { Wx: matrix(data), Wy: matrix(M.mmul(first(y)).div(Math.SQRT2).to2DArray()), M: matrix(M.to2DArray()) },
  });
  const views = samplesOf({ X: silent.flat(), Y: Y.to1DArray(), inputs: m + 1 });
  const found = (await createProbe('canonical-correlations', network, views))();
  for (const name of ['x', 'y', 'objective']) expect(found[`canonical-correlations.${name}`], name).toBeLessThan(1e-5);
});

describe.each<[string, Partial<NetworkOptions>, Record<string, string[]>]>([
  [
    'similarity-matching',
    {},
    { 'principal-subspace': ['error', 'relative'], 'output-spectrum': ['error', 'whitening'] },
  ],
  ['adaptive-soft', { parameters: { alpha: 2 } }, { 'principal-subspace': ['error'], 'output-spectrum': ['error'] }],
  [
    'bio-cca',
    {},
    { 'canonical-correlations': ['objective', 'x', 'y', 'orthonormality'], 'output-spectrum': ['error', 'whitening'] },
  ],
  [
    'reduced-rank-regression',
    { parameters: { s: 1 } },
    { 'reduced-rank': ['excess', 'constraint'], 'canonical-correlations': ['x', 'y'] },
  ],
])('%s', (rule, changes, probes) => {
  const labels = rule === 'bio-cca' || rule === 'reduced-rank-regression' ? n : 0;
  const options: NetworkOptions = {
    ...{ rule, inputs: m, labels, hidden: k, seed: 1, ...changes },
    rates: rates(rule, { eta0: 0.01 }),
  };
  const { Cxx, Cxy, Cyy } = moments();
  const optimum = (): Record<string, Matrix> => {
    const { variances, directions } = principalComponents(Cxx);
    const lambda = [...variances.subarray(0, k)];
    if (rule === 'similarity-matching')
      return { M: Matrix.diag(lambda), W: Matrix.diag(lambda).mmul(first(directions)) };
    if (rule === 'adaptive-soft')
      return { W: Matrix.diag(lambda.map((l) => Math.sqrt(Math.max(0, l - 2) / l))).mmul(first(directions)) };
    if (rule === 'bio-cca') {
      const { correlations, x, y } = canonicalCorrelations({ Cxx, Cxy, Cyy });
      const M = Matrix.diag([...correlations.subarray(0, k)].map((rho) => 1 + rho));
      return { M, Wx: M.mmul(first(x)).div(Math.SQRT2), Wy: M.mmul(first(y)).div(Math.SQRT2) };
    }
    const { Wx, Wy } = reducedRankOptimum({ Cxx, Cxy, Cyy }, { hidden: k, s: 1 });
    return { Wx, Wy };
  };

  test.each(Object.entries(probes))('the probe %s reads 0 at the optimum, and more elsewhere', async (name, zeros) => {
    const weights = Object.fromEntries(
      Object.entries(optimum()).map(([key, each]) => [
        key,
        { rows: each.rows, cols: each.columns, data: Float32Array.from(each.to1DArray()) },
      ]),
    );
    const best = await createNetwork({ ...options, weights });
    const other = await createNetwork(options);
    const data = labels === 0 ? samplesOf({ X: X.to1DArray(), inputs: m }) : samples;
    const [found, elsewhere] = [(await createProbe(name, best, data))(), (await createProbe(name, other, data))()];
    expect(Object.keys(found)).toEqual(probeReadings(name, best));
    for (const each of zeros) {
      expect(Math.abs(found[`${name}.${each}`]!), each).toBeLessThan(each === 'relative' ? 2e-3 : 1e-5);
      expect(elsewhere[`${name}.${each}`], each).toBeGreaterThan(0.01);
    }
    const spectra = Object.keys(found).filter((each) => /\.(variance|correlation)\d+$/.test(each));
    expect(spectra).toHaveLength(name === 'output-spectrum' || name === 'canonical-correlations' ? k : 0);
    for (const each of spectra) {
      const striven = found[each.replace(/(variance|correlation)(?=\d)/, 'optimum')]!;
      expect(found[each], each).toBeCloseTo(striven, 5);
      if (name === 'canonical-correlations') expect(elsewhere[each], each).toBeLessThan(striven);
    }
    if (name === 'output-spectrum') expect(found['output-spectrum.variance1']).toBeGreaterThan(1);
  });
});

test('where a threshold is above all variances, no output is counted as kept', async () => {
  const parameters = { alpha: 1e6 };
  const rule = 'adaptive-soft';
  const own = { rule, inputs: m, labels: 0, hidden: k, parameters, rates: rates(rule, { eta0: 1 }) };
  const network = await createNetwork(own);
  const data = samplesOf({ X: X.to1DArray(), inputs: m });
  network.partialFit(data);
  const read = (await createProbe('output-spectrum', network, data))();
  expect(read['output-spectrum.variance1']).toBeGreaterThan(0);
  expect(read).toMatchObject({ 'output-spectrum.kept': 0, 'output-spectrum.optimum1': 0 });
});

test('where nothing is to be kept, no subspace is measured', async () => {
  const soft = await createNetwork({
    ...{ rule: 'adaptive-soft', inputs: m, labels: 0, hidden: k },
    ...{ parameters: { alpha: 1e6 }, rates: rates('adaptive-soft', { eta0: 1 }) },
  });
  expect((await createProbe('principal-subspace', soft, samples))()).toEqual({
    'principal-subspace.error': Number.NaN,
    'principal-subspace.relative': Number.NaN,
    'principal-subspace.components': 0,
  });
  const rule = 'bio-cca-adaptive';
  const cca = await createNetwork({
    ...{ rule, inputs: m, labels: n, hidden: k },
    ...{ parameters: { alpha: 2 }, rates: rates(rule, { eta0: 0.01 }) },
  });
  expect((await createProbe('canonical-correlations', cca, samples))()).toMatchObject({
    'canonical-correlations.x': Number.NaN,
    'canonical-correlations.y': Number.NaN,
    'canonical-correlations.components': 0,
  });
});

test('networks whose weights diverged are read all the same', async () => {
  for (const rule of ['similarity-matching', 'bio-cca'] as const) {
    const labels = rule === 'bio-cca' ? n : 0;
    // M, whose rate is below 1, stays positive definite until it is not finite.
    const fast = { ...rates(rule, { eta0: 30 }), M: { eta0: 0.9 } };
    const network = await createNetwork({ rule, inputs: m, labels, hidden: k, rates: fast });
    const names =
      rule === 'bio-cca' ? ['canonical-correlations', 'output-spectrum'] : ['principal-subspace', 'output-spectrum'];
    const probes = await Promise.all(names.map((name) => createProbe(name, network, samples)));
    const learned = normals(3, 400 * m);
    expect(() => network.partialFit(learned, labels ? normals(4, 400 * n) : undefined)).toThrow('diverged');
    for (const probe of probes) expect(probe).not.toThrow();
  }
});

test('a rule of its own that says what its cells find has the probes of such', async () => {
  const { finds, ...others } = findRule('similarity-matching');
  const made = (rule: Rule) =>
    createNetwork({ rule, inputs: m, labels: 0, hidden: k, rates: rates('similarity-matching', { eta0: 0.01 }) });
  const own = { ...others, name: 'own' };
  expect(fittingProbes(await made(own))).not.toContain('principal-subspace');
  const network = await made({ ...own, finds: { components: 'principal', variance: (lambda) => 2 * lambda } });
  const [readings, known] = await Promise.all(
    [network, await made(findRule('similarity-matching'))].map(async (each) =>
      (await createProbe('output-spectrum', each, samples))(),
    ),
  );
  expect(readings?.['output-spectrum.optimum1']).toBeCloseTo(2 * known!['output-spectrum.optimum1']!, 10);
});

test('a rule of its own that says what it regresses has the probes of reduced-rank regression', async () => {
  const regression = findRule('reduced-rank-regression');
  const { regresses: _, ...others } = regression;
  const made = (rule: Rule, s: number, activation: 'linear' | 'tanh' = 'linear') =>
    createNetwork({
      ...{ rule, inputs: m, labels: n, hidden: k, activation, parameters: { s } },
      rates: rates('reduced-rank-regression', { eta0: 0.01 }, { hidden: k, parameters: { s } }),
    });
  const own: Rule = { ...others, name: 'own', regresses: ({ s }) => Number(s) };
  const probesOf = async (rule: Rule, s: number, activation?: 'tanh') =>
    fittingProbes(await made(rule, s, activation)).filter((name) => /reduced-rank|canonical/.test(name));
  expect(await probesOf({ ...others, name: 'own' }, 1)).toEqual([]);
  expect(await probesOf(own, 0.5)).toEqual(['reduced-rank']);
  expect(await probesOf(own, 1)).toEqual(['canonical-correlations', 'reduced-rank']);
  expect(await probesOf(own, 1, 'tanh')).toEqual([]);
  const [readings, known] = await Promise.all(
    [own, regression].map(async (rule) => (await createProbe('reduced-rank', await made(rule, 0.5), samples))()),
  );
  expect(readings).toEqual(known);
});
