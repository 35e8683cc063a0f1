import { describe, expect, test } from 'vitest';
import { Bench, largestError } from './blocks.ts';

const sizes = [1, 3, 4, 5, 7, 10, 33, 128, 500];
const counts = [1, 3, 4, 100];

describe.each(sizes)('vectors of %i numbers', (size) => {
  test.each(counts)('softmax of %i', async (count) => {
    const bench = await Bench.create(size);
    // The largest number is far below zero, or far above: neither may overflow, or be lost to the padding.
    for (const shift of [-1000, 0, 1000]) {
      const [input, out] = [bench.block(count, size, () => shift + 3 * bench.normal()), bench.block(count, size)];
      bench.kernels.softmax(input.address, out.address, count, size, input.stride);
      const expected = Array.from({ length: count }, (_, s) => {
        const e = Array.from({ length: size }, (_, j) => Math.exp(input.at(s, j) - shift));
        const sum = e.reduce((a, b) => a + b);
        return e.map((value) => value / sum);
      });
      // u − max u is rounded to parts of the distance, which is up to 2⁵ here: by up to 2⁻²⁰.
      expect(largestError(out, (s, j) => expected[s]![j]!)).toBeLessThan(2e-6);
      expect(out.isPadded()).toBe(true);
    }
  });

  test.each(counts)('pooled sums of %i', async (count) => {
    const bench = await Bench.create(size);
    const [input, out] = [bench.block(count, size), bench.block(count, size)];
    bench.kernels.pooledSum(input.address, out.address, count, size, input.stride);
    const sums = (f: (u: number) => number) =>
      Array.from({ length: count }, (_, s) => {
        let sum = 0;
        for (let j = 0; j < size; j++) sum += f(input.at(s, j));
        return sum;
      });
    const [expected, sizes] = [sums((u) => u), sums(Math.abs)];
    const error = largestError(
      out,
      (s) => expected[s]!,
      (s) => sizes[s]!,
    );
    expect(error).toBeLessThan(1e-6);
    expect(out.isPadded()).toBe(true);
  });

  test.each(counts)('one vector and %i others', async (count) => {
    const bench = await Bench.create(size);
    const [v, input, out] = [bench.block(1, size), bench.block(count, size), bench.block(count, size)];
    bench.kernels.broadcast(v.address, out.address, count, v.stride);
    expect(largestError(out, (_, j) => v.at(0, j))).toBe(0);
    bench.kernels.addToEach(input.address, v.address, out.address, count, v.stride);
    expect(largestError(out, (s, j) => Math.fround(input.at(s, j) + v.at(0, j)))).toBe(0);
    expect(out.isPadded()).toBe(true);
  });

  test.each(counts)('%i, centred', async (count) => {
    const bench = await Bench.create(size);
    const [input, out] = [bench.block(count, size), bench.block(count, size)];
    const mean = bench.arena.float64(input.stride);
    for (let j = 0; j < size; j++) mean[j] = bench.normal();
    const before = mean.slice();
    for (const rate of [0, 0.125, 1]) {
      const expected = Array.from({ length: size }, (_, j) => {
        let sum = 0;
        for (let s = 0; s < count; s++) sum += input.at(s, j);
        return before[j]! + rate * (sum / count - before[j]!);
      });
      bench.kernels.centre(input.address, out.address, count, input.stride, mean.byteOffset, rate);
      expect(Math.max(...expected.map((value, j) => Math.abs(value - mean[j]!)))).toBeLessThan(1e-14);
      expect(largestError(out, (s, j) => Math.fround(input.at(s, j) - mean[j]!))).toBe(0);
      expect(out.isPadded()).toBe(true);
      mean.set(before);
    }
  });
});
