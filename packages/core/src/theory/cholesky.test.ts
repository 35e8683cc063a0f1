import fc from 'fast-check';
import { expect, test } from 'vitest';
import { instantiateKernels } from '../kernels/kernels.ts';
import { Arena, createMemory } from '../kernels/memory.ts';
import { RandomStream } from '../random/stream.ts';
import { createTallMatrix, factorise, solveRows } from './cholesky.ts';

type Rows = Float64Array[];

function randomRows(count: number, length: number, seed: number): Rows {
  const stream = new RandomStream(seed, 'rows');
  return Array.from({ length: count }, () => Float64Array.from({ length }, () => stream.normal()));
}

/** G Gᵀ + δI, where G is random and has `rank` columns. */
function gramMatrix(size: number, rank: number, delta: number, seed: number): Rows {
  const factors = randomRows(size, rank, seed);
  return factors.map((a, i) => Float64Array.from(factors, (b, j) => dot(a, b) + (i === j ? delta : 0)));
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

async function factoriseRows(symmetric: Rows, below: Rows) {
  const memory = createMemory();
  const size = symmetric.length;
  const matrix = createTallMatrix(new Arena(memory), size, below.length);
  for (const [i, row] of symmetric.entries()) matrix.data.set(row.subarray(0, i + 1), i * matrix.stride);
  for (const [i, row] of below.entries()) matrix.data.set(row, (matrix.order + i) * matrix.stride);
  const positiveDefinite = await factorise(await instantiateKernels(memory), matrix, size);
  const row = (i: number, length: number) => {
    const full = new Float64Array(size);
    full.set(matrix.data.subarray(i * matrix.stride, i * matrix.stride + length));
    return full;
  };
  return {
    positiveDefinite,
    matrix,
    factor: symmetric.map((_, i) => row(i, i + 1)),
    solved: below.map((_, i) => row(matrix.order + i, size)),
  };
}

const cases = fc.record({
  size: fc.integer({ min: 1, max: 140 }),
  extra: fc.integer({ min: 0, max: 5 }),
  seed: fc.nat(),
});

function expectSmall(errors: readonly number[], size: number): void {
  expect(errors.reduce((a, b) => Math.max(a, Math.abs(b)), 0)).toBeLessThanOrEqual(1e-12 * size);
}

async function expectFactors({ size, extra, seed }: { size: number; extra: number; seed: number }): Promise<void> {
  const symmetric = gramMatrix(size, size, 1, seed);
  const below = randomRows(extra, size, seed + 1);
  const { positiveDefinite, factor, solved } = await factoriseRows(symmetric, below);
  expect(positiveDefinite).toBe(true);
  const largest = Math.max(...symmetric.map((row, i) => row[i]!));
  for (const [i, row] of factor.entries()) {
    expect(row[i]).toBeGreaterThan(0);
    expectSmall(
      factor.slice(0, i + 1).map((other, j) => dot(row, other) - symmetric[i]![j]!),
      largest,
    );
  }
  for (const [i, row] of solved.entries()) {
    expectSmall(
      factor.map((other, j) => dot(row, other) - below[i]![j]!),
      largest,
    );
  }
}

test('L Lᵀ is the matrix, and X Lᵀ the rows below it', async () => {
  await fc.assert(fc.asyncProperty(cases, expectFactors), { numRuns: 25 });
});

test('the same for a matrix of several pieces and panels', () => expectFactors({ size: 420, extra: 3, seed: 1 }));

test('solveRows solves w L = b', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ size, extra, seed }) => {
      const { matrix, factor } = await factoriseRows(gramMatrix(size, size, 1, seed), []);
      const rows = randomRows(extra, size, seed + 1);
      const solutions = rows.map((row) => {
        const padded = new Float64Array(matrix.order);
        padded.set(row);
        return padded;
      });
      solveRows(matrix, solutions);
      for (const [r, solution] of solutions.entries()) {
        const product = new Float64Array(size);
        for (const [i, factorRow] of factor.entries())
          for (let j = 0; j <= i; j++) product[j]! += solution[i]! * factorRow[j]!;
        expectSmall(
          [...product].map((value, j) => value - rows[r]![j]!),
          size,
        );
      }
    }),
    { numRuns: 25 },
  );
});

test('tells a singular or indefinite matrix', async () => {
  const sizes = fc
    .integer({ min: 2, max: 140 })
    .chain((size) => fc.record({ size: fc.constant(size), first: fc.nat(size - 2), seed: fc.nat() }));
  await fc.assert(
    fc.asyncProperty(sizes, async ({ size, first, seed }) => {
      const symmetric = gramMatrix(size, size, 1, seed);
      // The last row and column the same as an earlier one; then a zero on the diagonal of a matrix that is not zero.
      const twin = symmetric.map((row, i) => (i === size - 1 ? symmetric[first]!.slice() : row.slice()));
      for (const row of twin) row[size - 1] = row[first]!;
      expect((await factoriseRows(twin, [])).positiveDefinite).toBe(false);
      const indefinite = symmetric.map((row) => row.slice());
      indefinite[first]![first] = 0;
      expect((await factoriseRows(indefinite, [])).positiveDefinite).toBe(false);
    }),
    { numRuns: 25 },
  );
  expect((await factoriseRows([new Float64Array(1)], [])).positiveDefinite).toBe(false);
  expect((await factoriseRows([new Float64Array(1).fill(Number.NaN)], [])).positiveDefinite).toBe(false);
});
