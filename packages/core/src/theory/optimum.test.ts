import fc from 'fast-check';
import { Matrix as DoubleMatrix, solve } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { InputError } from '../errors.ts';
import type { Matrix } from '../matrix.ts';
import { RandomStream } from '../random/stream.ts';
import { labelAt, type Samples, scaleOf } from '../samples.ts';
import { optimum } from './optimum.ts';

function randomSamples(count: number, inputs: number, labels: number, seed: number) {
  const stream = new RandomStream(seed, 'samples');
  const classes = Uint8Array.from({ length: count }, () => stream.integer(2 * labels));
  // Pixels that depend on the class, so that the labels can in part be told from them.
  const brightness = Float64Array.from({ length: 2 * labels * inputs }, () => stream.uniform());
  const pixel = (_: unknown, at: number) => {
    const classNumber = classes[Math.floor(at / inputs)]!;
    return Math.floor(256 * ((brightness[classNumber * inputs + (at % inputs)]! + stream.uniform()) / 2));
  };
  return {
    count,
    inputs,
    labels,
    raw: Uint8Array.from({ length: count * inputs }, pixel),
    scale: 1 / 60,
    offset: -2,
    classes,
    targets: Float32Array.from({ length: 2 * labels * labels }, () => stream.normal()),
  };
}

/** The inputs (T × m) and labels (T × n) themselves. */
function signals(samples: Samples) {
  const { count, inputs, labels, raw, offset, targets } = samples;
  const X = new DoubleMatrix(count, inputs);
  const Y = new DoubleMatrix(count, labels);
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < inputs; i++) X.set(t, i, scaleOf(samples, t) * raw[t * inputs + i]! + offset);
    for (let label = 0; label < labels; label++) Y.set(t, label, targets[labelAt(samples, t) + label]!);
  }
  return { X, Y };
}

function toDoubles({ rows, cols, data }: Matrix): DoubleMatrix {
  return DoubleMatrix.from1DArray(rows, cols, [...data]);
}

function objective(samples: Samples, W1: DoubleMatrix, W2: DoubleMatrix): number {
  const { X, Y } = signals(samples);
  const residual = DoubleMatrix.sub(Y, X.mmul(W1.transpose()).mmul(W2.transpose()));
  return residual.norm('frobenius') ** 2 / samples.count;
}

/** (1/T) A Bᵀ for signals that are given one a row. */
function covariance(A: DoubleMatrix, B: DoubleMatrix): DoubleMatrix {
  return A.transpose().mmul(B).div(A.rows);
}

const cases = fc
  .record({
    count: fc.integer({ min: 40, max: 90 }),
    inputs: fc.integer({ min: 6, max: 20 }),
    labels: fc.integer({ min: 1, max: 6 }),
    seed: fc.nat(),
    ridge: fc.constantFrom(0, 0.1, 3),
  })
  .chain((options) => fc.integer({ min: 1, max: options.labels }).map((hidden) => ({ ...options, hidden })));

type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

async function solveCase({ count, inputs, labels, seed, ridge, hidden }: Case) {
  const samples = randomSamples(count, inputs, labels, seed);
  const { value, weights, eigenvalues } = await optimum(samples, { hidden, ridge });
  return { samples, value, eigenvalues, W1: toDoubles(weights.W1), W2: toDoubles(weights.W2) };
}

function check(law: (options: Case) => Promise<void>): Promise<void> {
  return fc.assert(fc.asyncProperty(cases, law), { numRuns: 30 });
}

describe('the optimum', () => {
  test('has the value that its weights have', () =>
    check(async (options) => {
      const { samples, value, W1, W2 } = await solveCase(options);
      expect(value).toBeCloseTo(objective(samples, W1, W2), 5);
    }));

  test('is no worse than any weights near or far, by the objective with the ridge', () =>
    check(async (options) => {
      const { samples, W1, W2 } = await solveCase(options);
      const ridgeObjective = (A: DoubleMatrix, B: DoubleMatrix) =>
        objective(samples, A, B) + options.ridge * B.mmul(A).norm('frobenius') ** 2;
      const stream = new RandomStream(options.seed, 'perturbations');
      const perturbed = (weights: DoubleMatrix, size: number) =>
        DoubleMatrix.zeros(weights.rows, weights.columns).apply(function (this: DoubleMatrix, i, j) {
          this.set(i, j, weights.get(i, j) + size * stream.normal());
        });
      const best = ridgeObjective(W1, W2);
      for (const size of [0.001, 0.01, 0.1, 1]) {
        for (let i = 0; i < 5; i++) {
          expect(best).toBeLessThanOrEqual(ridgeObjective(perturbed(W1, size), perturbed(W2, size)) + 1e-6);
        }
      }
    }));

  test('saturates the constraint, W1 (Cxx + λI) W1ᵀ = I, and W2ᵀ = W1 Cxy', () =>
    check(async (options) => {
      const { samples, W1, W2 } = await solveCase(options);
      const { X, Y } = signals(samples);
      const withRidge = covariance(X, X).add(DoubleMatrix.eye(options.inputs).mul(options.ridge));
      const identity = DoubleMatrix.eye(options.hidden);
      expect(DoubleMatrix.sub(W1.mmul(withRidge).mmul(W1.transpose()), identity).norm('max')).toBeLessThan(1e-4);
      expect(DoubleMatrix.sub(W1.mmul(covariance(X, Y)), W2.transpose()).norm('max')).toBeLessThan(1e-5);
    }));

  test('without a ridge, leaves Tr Cyy less the k largest eigenvalues', () =>
    check(async (options) => {
      const { samples, value, eigenvalues } = await solveCase({ ...options, ridge: 0 });
      const { Y } = signals(samples);
      expect([...eigenvalues]).toEqual([...eigenvalues].sort((a, b) => b - a));
      const explained = eigenvalues.subarray(0, options.hidden).reduce((a, b) => a + b);
      expect(value).toBeCloseTo(covariance(Y, Y).trace() - explained, 10);
    }));

  test('is the least-squares solution when there are as many neurons as labels', () =>
    check(async (options) => {
      const { samples, value, W1, W2 } = await solveCase({ ...options, ridge: 0, hidden: options.labels });
      const { X, Y } = signals(samples);
      const solution = solve(X, Y);
      const residual = DoubleMatrix.sub(Y, X.mmul(solution)).norm('frobenius') ** 2 / samples.count;
      expect(value).toBeCloseTo(residual, 9);
      expect(DoubleMatrix.sub(W2.mmul(W1), solution.transpose()).norm('max')).toBeLessThan(1e-3);
    }));

  test('does not depend on the order of the samples, to the last bit', () =>
    check(async ({ count, inputs, labels, seed, ridge, hidden }) => {
      const samples = randomSamples(count, inputs, labels, seed);
      const order = new RandomStream(seed, 'order').permutation(count);
      const raw = new Uint8Array(samples.raw.length);
      for (const [to, from] of order.entries()) {
        raw.set(samples.raw.subarray(from * inputs, (from + 1) * inputs), to * inputs);
      }
      const reordered = { ...samples, raw, classes: Uint8Array.from(order, (from) => samples.classes[from]!) };
      expect(await optimum(reordered, { hidden, ridge })).toEqual(await optimum(samples, { hidden, ridge }));
    }));

  test('gives zero weights to neurons beyond the rank of the labels', async () => {
    const samples = randomSamples(100, 5, 3, 1);
    const targets = Float32Array.from({ length: 6 * 3 }, (_, at) =>
      Math.floor(at / 3) % 3 === at % 3 ? 0.75 : -0.375,
    );
    const { value, weights, eigenvalues } = await optimum({ ...samples, targets }, { hidden: 3 });
    const withoutLast = await optimum({ ...samples, targets }, { hidden: 2 });
    expect(eigenvalues[2]).toBeLessThan(1e-15);
    expect(value).toBe(withoutLast.value);
    expect(weights.W1.data.subarray(10).every((weight) => weight === 0)).toBe(true);
    expect([2, 5, 8].every((at) => weights.W2.data[at] === 0)).toBe(true);
  });
});

describe('refuses', () => {
  const samples = randomSamples(50, 8, 4, 1);

  test('a number of neurons out of range', async () => {
    for (const hidden of [0, 5, 1.5, Number.NaN])
      await expect(optimum(samples, { hidden })).rejects.toThrow(InputError);
    await expect(optimum(samples, { hidden: 5 })).rejects.toThrow(
      'hidden is 5, but must be a whole number from 1 to 4',
    );
  });

  test('a ridge that is negative or not finite', async () => {
    for (const ridge of [-0.1, Number.NaN, Number.POSITIVE_INFINITY]) {
      await expect(optimum(samples, { hidden: 1, ridge })).rejects.toThrow(InputError);
    }
  });

  test('an empty data set', async () => {
    const empty = { ...samples, count: 0, raw: new Uint8Array(0), classes: new Uint8Array(0) };
    await expect(optimum(empty, { hidden: 1 })).rejects.toThrow('no samples');
  });

  test('a singular covariance, and says why it is singular', async () => {
    const blank = samples.raw.map((pixel, at) => (at % 8 < 3 ? 7 : pixel));
    const doubled = samples.raw.map((pixel, at) => (at % 8 === 1 ? samples.raw[at - 1]! : pixel));
    const why = async (changed: Samples) => {
      const failure = await optimum(changed, { hidden: 1 }).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(InputError);
      return (failure as InputError).message;
    };
    expect(await why({ ...samples, raw: blank })).toContain('3 of 8 inputs are the same in all samples');
    expect(await why({ ...samples, raw: doubled })).toContain('linear combinations');
    expect(await why(randomSamples(5, 8, 4, 1))).toContain('5 samples do not determine 8 inputs');
    expect((await optimum({ ...samples, raw: blank }, { hidden: 1, ridge: 0.1 })).value).toBeGreaterThan(0);
  });
});

test('stops when it is aborted', async () => {
  const controller = new AbortController();
  const running = optimum(randomSamples(50, 8, 4, 1), { hidden: 1, signal: controller.signal });
  const reason = new Error('no longer needed');
  controller.abort(reason);
  await expect(running).rejects.toBe(reason);
});
