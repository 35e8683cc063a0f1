import { describe, expect, test } from 'vitest';
import { type PointwiseFunction, pointwiseCodes } from '../../src/kernels/functions.ts';
import { Bench, type Block, largestError } from './blocks.ts';

const sigmoid = (u: number) => (u >= 0 ? 1 / (1 + Math.exp(-u)) : Math.exp(u) / (1 + Math.exp(u)));
const sigmoidSlope = (u: number) => sigmoid(u) * sigmoid(-u);
const positive = (u: number) => (u > 0 ? 1 : 0);

const truth: Record<PointwiseFunction, { value: (u: number) => number; slope: (u: number) => number }> = {
  identity: { value: (u) => u, slope: () => 1 },
  relu: { value: (u) => Math.max(u, 0), slope: positive },
  tanh: { value: Math.tanh, slope: (u) => 4 * sigmoidSlope(2 * u) },
  sigmoid: { value: sigmoid, slope: sigmoidSlope },
  softplus: { value: (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))), slope: sigmoid },
  exponential: { value: Math.exp, slope: Math.exp },
  logarithm: { value: Math.log, slope: (u) => 1 / u },
  reciprocal: { value: (u) => 1 / u, slope: (u) => -1 / (u * u) },
  squareRoot: { value: Math.sqrt, slope: (u) => 0.5 / Math.sqrt(u) },
  square: { value: (u) => u * u, slope: (u) => 2 * u },
  absolute: { value: Math.abs, slope: Math.sign },
  sign: { value: Math.sign, slope: () => 0 },
  step: { value: positive, slope: () => 0 },
};
const names = Object.keys(truth) as PointwiseFunction[];

/** Numbers of both signs, sizes from 1e-18 to 1e18, many of them between 1e-4 and 100. */
function numbers(bench: Bench): Block {
  const exponents = Array.from({ length: 4001 }, (_, i) =>
    i < 3000 ? -4 + (6 * i) / 3000 : -18 + (36 * (i - 3000)) / 1000,
  );
  return bench.block(8, 4001, (s, j) => (s % 2 ? -1 : 1) * 10 ** exponents[j]! * (1 + 0.001 * bench.normal()));
}

/** Whether float32 keeps all digits of a number. */
function isNormal(value: number): boolean {
  return Math.abs(Math.fround(value)) >= 2 ** -126 && Math.abs(value) < 2 ** 127;
}

function expectTruth(found: Block, input: Block, f: (u: number) => number): void {
  const expected = (s: number, j: number) => {
    const wanted = f(input.at(s, j));
    if (isNormal(wanted)) return wanted;
    // Of numbers too small for all digits, and of those too large, the kind is enough.
    const value = found.at(s, j);
    const isAlike = Math.abs(wanted) < 2 ** -126 ? Math.abs(value) < 2 ** -125 : Object.is(value, Math.fround(wanted));
    return isAlike || (Math.abs(wanted) >= 2 ** 127 && Math.abs(value) >= 2 ** 126) ? value : wanted;
  };
  expect(largestError(found, expected)).toBeLessThan(5e-7);
  expect(found.isPadded()).toBe(true);
}

describe.each(names)('%s', (name) => {
  test('is within a few units in the last place of float64, and so is its slope', async () => {
    const bench = await Bench.create(1);
    const input = numbers(bench);
    const [output, slopes] = [bench.block(input.count, input.size), bench.block(input.count, input.size)];
    const apply = (to: number, slopesTo: number) =>
      bench.kernels.applyFunction(
        pointwiseCodes[name],
        input.address,
        to,
        slopesTo,
        input.count,
        input.size,
        input.stride,
      );
    apply(output.address, 0);
    expectTruth(output, input, truth[name].value);
    apply(0, slopes.address);
    expectTruth(slopes, input, truth[name].slope);
    const alone = [output.values(), slopes.values()];
    apply(output.address, slopes.address);
    expect([output.values(), slopes.values()]).toEqual(alone);
  });

  test('leaves padding zero, also in place, at every size', async () => {
    const bench = await Bench.create(2);
    for (const size of [1, 3, 4, 5, 7, 10, 33]) {
      for (const wanted of ['value', 'slope'] as const) {
        const block = bench.block(3, size);
        const input = block.values();
        const [to, slopesTo] = wanted === 'value' ? [block.address, 0] : [0, block.address];
        bench.kernels.applyFunction(pointwiseCodes[name], block.address, to, slopesTo, 3, size, block.stride);
        const f = truth[name][wanted];
        expect(largestError(block, (s, j) => f(input[s * size + j]!))).toBeLessThan(5e-7);
        expect(block.isPadded()).toBe(true);
      }
    }
  });
});

test('limits: infinities, zeros, and what is no number', async () => {
  const bench = await Bench.create(3);
  const input = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, Number.NaN];
  const at = (name: PointwiseFunction) => {
    const block = bench.block(1, 4, (_, j) => input[j]!);
    bench.kernels.applyFunction(pointwiseCodes[name], block.address, block.address, 0, 1, 4, 4);
    return [...block.values()];
  };
  const infinite = Number.POSITIVE_INFINITY;
  expect(at('relu')).toEqual([infinite, 0, 0, Number.NaN]);
  expect(at('tanh')).toEqual([1, -1, 0, Number.NaN]);
  expect(at('sigmoid')).toEqual([1, 0, 0.5, Number.NaN]);
  expect(at('softplus')).toEqual([infinite, 0, Math.fround(Math.LN2), Number.NaN]);
  expect(at('exponential')).toEqual([infinite, 0, 1, Number.NaN]);
  expect(at('logarithm')).toEqual([infinite, Number.NaN, -infinite, Number.NaN]);
  expect(at('reciprocal').map(Math.abs)).toEqual([0, 0, infinite, Number.NaN]);
  expect(at('squareRoot')).toEqual([infinite, Number.NaN, 0, Number.NaN]);
  expect(at('sign')).toEqual([1, -1, 0, Number.NaN]);
  expect(at('step')).toEqual([1, 0, 0, 0]);
});
