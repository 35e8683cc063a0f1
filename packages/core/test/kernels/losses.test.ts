import { describe, expect, test } from 'vitest';
import { Bench, type Block } from './blocks.ts';

const cases = [1, 3, 4, 5, 7, 10, 33, 500].flatMap((size) => [1, 2, 5, 100].map((count) => ({ size, count })));

const sum = (a: Block, b: Block, term: (x: number, y: number) => number) => {
  const y = b.values();
  return a.values().reduce((total, x, i) => total + term(x, y[i]!), 0);
};
const logarithm = (p: number) => Math.log(Math.max(p, 2 ** -149));

describe.each(cases)('$count vectors of $size numbers', ({ size, count }) => {
  const setUp = async () => {
    const bench = await Bench.create(size);
    const uniform = () => Math.abs(Math.sin(bench.normal()));
    // Labels of zeros and ones and others; outputs that reach 0 and 1.
    const y = bench.block(count, size, (s) => (s % 2 ? Math.round(uniform()) : uniform()));
    const p = bench.block(count, size, (s) => (s % 3 ? Math.round(uniform()) : uniform()));
    return { kernels: bench.kernels, bench, y, p, of: [p.address, y.address, count, size, y.stride, 0] as const };
  };
  const expectClose = (found: number, expected: number) =>
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));

  test('losses', async () => {
    const { kernels, y, p, of } = await setUp();
    expectClose(kernels.softmaxCrossEntropy(...of), -sum(p, y, (a, b) => b * logarithm(a)));
    const binary = -sum(p, y, (a, b) => b * logarithm(a) + (1 - b) * logarithm(1 - a));
    expectClose(kernels.binaryCrossEntropy(...of), binary);
    expectClose(
      kernels.sumSquaredDistances(...of),
      sum(p, y, (a, b) => (a - b) ** 2),
    );
  });

  test('dots and norms', async () => {
    const { kernels, bench } = await setUp();
    const [a, b] = [bench.block(count, size), bench.block(count, size)];
    const results = bench.arena.float64(3 * count);
    kernels.dotsAndNorms(a.address, b.address, count, size, a.stride, results.byteOffset);
    for (let s = 0; s < count; s++) {
      const over = (term: (j: number) => number) =>
        Array.from({ length: size }, (_, j) => term(j)).reduce((x, y) => x + y);
      const [squareOfA, squareOfB] = [over((j) => a.at(s, j) ** 2), over((j) => b.at(s, j) ** 2)];
      const dot = over((j) => a.at(s, j) * b.at(s, j));
      expect(Math.abs(results[3 * s]! - dot)).toBeLessThan(1e-13 * Math.sqrt(squareOfA * squareOfB));
      expectClose(results[3 * s + 1]!, squareOfA);
      expectClose(results[3 * s + 2]!, squareOfB);
    }
  });
});
