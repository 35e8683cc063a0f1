import { expect, test } from 'vitest';
import { Bench } from './blocks.ts';

const sizes = [1, 3, 4, 5, 7, 10, 33, 128, 500];
const f = Math.fround;

/** float32 arithmetic as JavaScript has it, exactly. */
test.each(sizes)('arrays of vectors of %i numbers', async (size) => {
  const bench = await Bench.create(size);
  const { kernels } = bench;
  const [a, b, out] = [bench.block(3, size), bench.block(3, size), bench.block(3, size)];
  const [x, y] = [a.values(), b.values()];
  const expectEach = (g: (x: number, y: number) => number) => {
    expect(out.values()).toEqual(x.map((value, i) => f(g(value, y[i]!))));
    expect(out.isPadded()).toBe(true);
  };
  kernels.add(a.address, b.address, out.address, out.length);
  expectEach((p, q) => p + q);
  kernels.subtract(a.address, b.address, out.address, out.length);
  expectEach((p, q) => p - q);
  kernels.multiplyElements(a.address, b.address, out.address, out.length);
  expectEach((p, q) => p * q);
  kernels.scale(-0.3, a.address, out.address, out.length);
  expectEach((p) => f(-0.3) * p);
  kernels.addScaled(a.address, 0.7, b.address, out.address, out.length);
  expectEach((p, q) => p + f(f(0.7) * q));
  kernels.copy(b.address, out.address, out.length);
  expectEach((_, q) => q);
  kernels.add(out.address, a.address, out.address, out.length);
  expectEach((p, q) => q + p);
  kernels.clear(out.address, out.length);
  expectEach(() => 0);
});

test.each(sizes)('what is not finite is found wherever it is among %i numbers', async (size) => {
  const bench = await Bench.create(size);
  const block = bench.block(1, size);
  block.data[size - 1] = -3.4e38;
  expect(bench.kernels.allFinite(block.address, block.length)).toBe(1);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    for (const at of [0, size >> 1, size - 1]) {
      const before = block.data[at]!;
      block.data[at] = value;
      expect(bench.kernels.allFinite(block.address, block.length)).toBe(0);
      block.data[at] = before;
    }
  }
});
