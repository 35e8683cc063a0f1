import { describe, expect, test } from 'vitest';
import { productScratchBytes } from '../../src/kernels/plain-kernels.ts';
import { Bench, type Block, largestError } from './blocks.ts';

const shapes: readonly (readonly [number, number])[] = [
  [1, 1],
  [3, 5],
  [4, 4],
  [5, 3],
  [7, 10],
  [10, 33],
  [33, 7],
  [1, 128],
  [128, 1],
  [12, 500],
  [500, 12],
  [67, 784],
  [784, 67],
];
const counts = [1, 2, 3, 4, 5, 13, 100, 128];
const cases = shapes.flatMap(([rows, columns]) => counts.map((count) => ({ rows, columns, count })));
/** Rounding: a float32 sum of n terms of random signs, in parts of the sum of sizes. */
const precision = 1e-6;

function sumOver(length: number, term: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += term(k);
  return sum;
}

async function setUp({ rows, columns, count }: { rows: number; columns: number; count: number }) {
  const bench = await Bench.create(rows * 1000 + columns + count);
  return {
    kernels: bench.kernels,
    weights: bench.matrix(rows, columns),
    pre: bench.block(count, columns),
    post: bench.block(count, rows),
    scratch: bench.arena.allocate(productScratchBytes(rows, columns, count)),
    bench,
  };
}

function expectProduct(out: Block, depth: number, term: (s: number, j: number, k: number) => number): void {
  const error = largestError(
    out,
    (s, j) => sumOver(depth, (k) => term(s, j, k)),
    (s, j) => sumOver(depth, (k) => Math.abs(term(s, j, k))),
  );
  expect(error).toBeLessThan(precision);
  expect(out.isPadded()).toBe(true);
}

describe.each(cases)('a $rows × $columns matrix and $count samples', (sizes) => {
  const { rows, columns, count } = sizes;

  test('out = W in', async () => {
    const { kernels, weights: w, pre, post, scratch } = await setUp(sizes);
    kernels.multiplyMatrix(w.address, rows, columns, pre.address, count, post.address, scratch);
    expectProduct(post, columns, (s, i, j) => w.at(i, j) * pre.at(s, j));
  });

  test('out = Wᵀ in', async () => {
    const { kernels, weights: w, pre, post, scratch } = await setUp(sizes);
    kernels.multiplyTransposed(w.address, rows, columns, post.address, count, pre.address, scratch);
    expectProduct(pre, rows, (s, j, i) => w.at(i, j) * post.at(s, i));
  });

  test('W + factor Σ post preᵀ', async () => {
    const { kernels, weights: w, pre, post, scratch } = await setUp(sizes);
    const before = w.values();
    kernels.addOuterProducts(w.address, rows, columns, post.address, pre.address, count, -0.25, scratch);
    const term = (i: number, j: number, s: number) =>
      s === count ? before[i * columns + j]! : -0.25 * post.at(s, i) * pre.at(s, j);
    expectProduct(w, count + 1, term);
  });

  test('a sample has the same bits alone as in a block', async () => {
    const { kernels, weights: w, pre, post, scratch, bench } = await setUp(sizes);
    const [there, back] = [bench.block(count, rows), bench.block(count, columns)];
    kernels.multiplyMatrix(w.address, rows, columns, pre.address, count, there.address, scratch);
    kernels.multiplyTransposed(w.address, rows, columns, post.address, count, back.address, scratch);
    const [thereAlone, backAlone] = [bench.block(1, rows), bench.block(1, columns)];
    for (const s of new Set([0, count >> 1, count - 1])) {
      const [x, y] = [pre.address + 4 * s * pre.stride, post.address + 4 * s * post.stride];
      kernels.multiplyMatrix(w.address, rows, columns, x, 1, thereAlone.address, scratch);
      kernels.multiplyTransposed(w.address, rows, columns, y, 1, backAlone.address, scratch);
      expect(thereAlone.values()).toEqual(there.values().subarray(s * rows, (s + 1) * rows));
      expect(backAlone.values()).toEqual(back.values().subarray(s * columns, (s + 1) * columns));
    }
  });
});

test('what lies beyond the block is neither read nor written', async () => {
  const [rows, columns, count] = [9, 11, 6];
  const { kernels, weights, pre, post, scratch } = await setUp({ rows, columns, count });
  pre.data.fill(Number.NaN, pre.length);
  post.data.fill(7, post.length);
  kernels.multiplyMatrix(weights.address, rows, columns, pre.address, count, post.address, scratch);
  expect(post.values().every(Number.isFinite)).toBe(true);
  expect(new Set(post.data.subarray(post.length))).toEqual(new Set([7]));
  kernels.addOuterProducts(weights.address, rows, columns, post.address, pre.address, count, 1, scratch);
  expect(weights.values().every(Number.isFinite)).toBe(true);
});
