import { describe, expect, test } from 'vitest';
import { productScratchBytes } from '../../src/kernels/product-kernels.ts';
import { Bench, type Block, largestError, type Way, ways } from './blocks.ts';

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
const cases = ways
  .filter(({ joins }) => !joins)
  .flatMap((way) => shapes.flatMap(([rows, columns]) => counts.map((count) => ({ rows, columns, count, ...way }))));
/** Rounding: a float32 sum of n terms of random signs, in parts of the sum of sizes. */
const precision = 1e-6;

function sumOver(length: number, term: (k: number) => number): number {
  let sum = 0;
  for (let k = 0; k < length; k++) sum += term(k);
  return sum;
}

interface Sizes {
  readonly rows: number;
  readonly columns: number;
  readonly count: number;
}

async function setUp({ rows, columns, count }: Sizes, way: Way = ways[0]) {
  const bench = await Bench.create(rows * 1000 + columns + count, way);
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

describe.each(cases)('a $rows × $columns matrix and $count samples, $way', (sizes) => {
  const { rows, columns, count } = sizes;

  test('out = W in', async () => {
    const { kernels, weights: w, pre, post, scratch } = await setUp(sizes, sizes);
    kernels.multiplyMatrix(w.address, rows, columns, pre.address, count, post.address, scratch);
    expectProduct(post, columns, (s, i, j) => w.at(i, j) * pre.at(s, j));
  });

  test('out = Wᵀ in', async () => {
    const { kernels, weights: w, pre, post, scratch } = await setUp(sizes, sizes);
    kernels.multiplyTransposed(w.address, rows, columns, post.address, count, pre.address, scratch);
    expectProduct(pre, rows, (s, j, i) => w.at(i, j) * post.at(s, i));
  });

  test('W + factor Σ post preᵀ', async () => {
    const { kernels, weights: w, pre, post, scratch } = await setUp(sizes, sizes);
    const before = w.values();
    kernels.addOuterProducts(w.address, rows, columns, post.address, pre.address, count, -0.25, scratch);
    const term = (i: number, j: number, s: number) =>
      s === count ? before[i * columns + j]! : -0.25 * post.at(s, i) * pre.at(s, j);
    expectProduct(w, count + 1, term);
  });

  test('a sum that goes on from block to block has the bits of one over all', async () => {
    for (const joins of [false, true]) {
      const { kernels, pre, post, scratch, bench } = await setUp(sizes, { fused: sizes.fused, joins });
      const [whole, inParts] = [bench.matrix(rows, columns, () => 0), bench.matrix(rows, columns, () => 0)];
      kernels.addOuterProducts(whole.address, rows, columns, post.address, pre.address, count, -0.25, scratch);
      for (let first = 0, length = 1; first < count; first += length, length = Math.min(2 * length, count - first)) {
        const [left, right] = [post.address + 4 * first * post.stride, pre.address + 4 * first * pre.stride];
        kernels.continueOuterProducts(inParts.address, rows, columns, left, right, length, -0.25, scratch);
      }
      expect(inParts.data).toEqual(whole.data);
    }
  });

  test('a sample has the same bits alone as in a block', async () => {
    const { kernels, weights: w, pre, post, scratch, bench } = await setUp(sizes, sizes);
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

test.each(shapes)('wide tiles have the same bits: a %i × %i matrix', async (rows, columns) => {
  for (const fused of [false, true]) {
    for (const count of counts) {
      const results = [];
      for (const joins of [false, true]) {
        const { kernels, weights, pre, post, scratch, bench } = await setUp({ rows, columns, count }, { fused, joins });
        const [there, back] = [bench.block(count, rows), bench.block(count, columns)];
        kernels.multiplyMatrix(weights.address, rows, columns, pre.address, count, there.address, scratch);
        kernels.multiplyTransposed(weights.address, rows, columns, post.address, count, back.address, scratch);
        kernels.addOuterProducts(weights.address, rows, columns, post.address, pre.address, count, 0.3, scratch);
        results.push([there, back, weights].map((block) => block.values()));
      }
      expect(results[1]).toEqual(results[0]);
    }
  }
});

test.each([1, 4, 33, 500])(
  'of one sample, zeros are left out, and nothing is added where they are: %i columns',
  async (columns) => {
    for (const rows of [1, 4, 7, 67]) {
      for (const share of [0, 0.1, 0.5, 1]) {
        const { kernels, weights: w, pre, post, scratch, bench } = await setUp({ rows, columns, count: 1 });
        const isZero = Array.from({ length: rows }, () => bench.normal() > 3 * (share - 0.5));
        post.fill((_, i) => (isZero[i] ? 0 : bench.normal()));
        const before = w.values();
        kernels.addOuterProducts(w.address, rows, columns, post.address, pre.address, 1, -0.25, scratch);
        const changed = (i: number, j: number) =>
          Math.fround(before[i * columns + j]! + Math.fround(-0.25 * post.at(0, i) * pre.at(0, j)));
        expect(largestError(w, changed)).toBe(0);
        // Weights that are no numbers would be seen.
        if (columns > 64) w.fill((i) => (isZero[i] ? Number.NaN : bench.normal()));
        kernels.multiplyTransposed(w.address, rows, columns, post.address, 1, pre.address, scratch);
        for (let j = 0; j < columns; j++) {
          let sum = 0;
          for (let i = 0; i < rows; i++) {
            if (!isZero[i]) sum = Math.fround(sum + Math.fround(w.at(i, j) * post.at(0, i)));
          }
          expect(pre.at(0, j)).toBe(sum);
        }
      }
    }
  },
);

test('what is fused is rounded once for each product that is added', async () => {
  const [rows, columns, count] = [40, 68, 9];
  const {
    kernels,
    weights: w,
    pre,
    post,
    scratch,
  } = await setUp({ rows, columns, count }, { fused: true, joins: false });
  kernels.multiplyTransposed(w.address, rows, columns, post.address, count, pre.address, scratch);
  let changed = 0;
  const error = largestError(pre, (s, j) => {
    let [fused, rounded] = [0, 0];
    for (let i = 0; i < rows; i++) {
      // float64 holds the product of two float32 numbers as it is.
      fused = Math.fround(fused + w.at(i, j) * post.at(s, i));
      rounded = Math.fround(rounded + Math.fround(w.at(i, j) * post.at(s, i)));
    }
    if (fused !== rounded) changed++;
    return fused;
  });
  expect(error).toBe(0);
  expect(changed).toBeGreaterThan(rows);
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
