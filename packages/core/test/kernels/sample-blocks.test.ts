import { describe, expect, test } from 'vitest';
import { writeStructure } from '../../src/kernels/layout.ts';
import { padded } from '../../src/kernels/memory.ts';
import { productScratchBytes } from '../../src/kernels/product-kernels.ts';
import { Bench, largestError, type Way, ways } from './blocks.ts';

const samples = 150;
const first = 7;
const cases = [1, 3, 4, 5, 7, 10, 33, 500].flatMap((inputs) =>
  [1, 2, 3, 4, 5, 128].flatMap((count) => ([1, 4] as const).map((elementBytes) => ({ inputs, count, elementBytes }))),
);

/** A source of raw numbers, a fifth of which are not zero, or as many as normal numbers are larger than the smallest, with a scale each, in an order of their own. */
async function setUp(
  inputs: number,
  elementBytes: 1 | 4,
  offset: number,
  labels: number,
  classes: number,
  smallest = 1.3,
  way: Way = ways[0],
) {
  const bench = await Bench.create(inputs + labels, way);
  const { arena, kernels } = bench;
  const length = samples * inputs;
  const raw = elementBytes === 1 ? arena.bytes(length) : arena.float32(length);
  for (let i = 0; i < length; i++) {
    if (Math.abs(bench.normal()) > smallest)
      raw[i] = elementBytes === 1 ? 1 + (Math.abs(100 * bench.normal()) % 255) : bench.normal();
  }
  const records = arena.float64(4 * samples);
  for (let i = 0; i < samples; i++) records[4 * i] = 1 + 0.1 * bench.normal();
  const order = arena.uint32(samples);
  for (let i = 0; i < samples; i++) order[i] = (i * 37) % samples;
  const classOf = arena.bytes(samples);
  for (let i = 0; i < samples; i++) classOf[i] = (i * 7) % Math.max(1, classes);
  const targets = bench.block(classes || samples, labels);
  const source = writeStructure(arena, 'source', {
    elementBytes,
    inputs: raw.byteOffset,
    inputStride: elementBytes * inputs,
    records: records.byteOffset,
    chunks: 0,
    dense: 0,
    classes: classes ? classOf.byteOffset : 0,
    classBytes: classes ? 1 : 0,
    targets: targets.address,
    labelStride: 4 * padded(labels),
    oneHot: 0,
    order: order.byteOffset,
    offset,
    hot: 0,
    cold: 0,
  });
  const x = (s: number, j: number) => {
    const number = order[first + s]!;
    return records[4 * number]! * raw[number * inputs + j]! + offset;
  };
  const y = (s: number, j: number) => {
    const number = order[first + s]!;
    return targets.at(classes ? classOf[number]! : number, j);
  };
  return { bench, kernels, source, x, y };
}

describe.each(cases)(
  '$count samples of $inputs inputs, $elementBytes bytes each',
  ({ inputs, count, elementBytes }) => {
    test('inputs are rounded once', async () => {
      const { bench, kernels, source, x } = await setUp(inputs, elementBytes, -0.4, 3, 0);
      const out = bench.block(count, inputs);
      kernels.loadInputs(source, first, count, inputs, out.address);
      expect(largestError(out, (s, j) => Math.fround(x(s, j)))).toBe(0);
      expect(out.isPadded()).toBe(true);
    });

    test.each(ways)('what lists drive and learn has the bits of products with all inputs, $way', async (way) => {
      const { bench, kernels, source } = await setUp(inputs, elementBytes, 0, 3, 0, undefined, way);
      const dense = bench.block(count, inputs);
      kernels.loadInputs(source, first, count, inputs, dense.address);
      const lists = bench.arena.allocate(kernels.sparseListBytes(count, inputs));
      expect(kernels.listInputs(source, first, count, inputs, lists)).toBe(1);
      for (const units of [1, 5, 10, 33, 67, 120, 128, 258]) {
        const scratch = bench.arena.allocate(productScratchBytes(inputs, units, count));
        const weights = bench.matrix(inputs, units);
        const [out, expected] = [bench.block(count, units), bench.block(count, units)];
        kernels.driveSparse(lists, count, inputs, weights.address, units, out.address);
        kernels.multiplyTransposed(weights.address, inputs, units, dense.address, count, expected.address, scratch);
        expect(largestError(out, (s, j) => expected.at(s, j))).toBe(0);
        expect(out.isPadded()).toBe(true);

        const deltas = bench.block(count, units);
        const copy = bench.matrix(inputs, units, (i, j) => weights.at(i, j));
        kernels.learnSparse(lists, count, inputs, deltas.address, 0.3, weights.address, units);
        kernels.addOuterProducts(copy.address, inputs, units, dense.address, deltas.address, count, 0.3, scratch);
        expect(largestError(weights, (i, j) => copy.at(i, j))).toBe(0);
        expect(weights.isPadded()).toBe(true);
      }
    });

    test.each(ways)('sums by lists go on from block to block: the bits of one over all, $way', async (way) => {
      const { bench, kernels, source } = await setUp(inputs, elementBytes, 0, 3, 0, undefined, way);
      const lists = bench.arena.allocate(kernels.sparseListBytes(count, inputs));
      for (const units of [1, 10, 33, 120, 258]) {
        const deltas = bench.block(count, units);
        const [whole, inParts] = [bench.matrix(inputs, units, () => 0), bench.matrix(inputs, units, () => 0)];
        expect(kernels.listInputs(source, first, count, inputs, lists)).toBe(1);
        kernels.learnSparse(lists, count, inputs, deltas.address, 0.3, whole.address, units);
        for (let before = 0, length = 1; before < count; before += length) {
          length = Math.min(2 * length, count - before);
          expect(kernels.listInputs(source, first + before, length, inputs, lists)).toBe(1);
          const from = deltas.address + 4 * before * deltas.stride;
          kernels.continueSparse(lists, length, inputs, from, 0.3, inParts.address, units);
        }
        expect(inParts.data).toEqual(whole.data);
      }
    });
  },
);

test('where lists of a block have room, those of fewer samples have', async () => {
  const { kernels } = await Bench.create(1);
  for (let count = 2; count < 40; count++) {
    expect(kernels.sparseListBytes(count, 40)).toBeGreaterThanOrEqual(kernels.sparseListBytes(count - 1, 40));
  }
});

test('more inputs than there is room for are not listed', async () => {
  const { bench, kernels, source } = await setUp(40, 4, 0, 3, 0, 0);
  const behind = 999;
  for (const [count, fits] of [
    [15, 1],
    [16, 0],
    [128, 0],
  ] as const) {
    const bytes = kernels.sparseListBytes(count, 40);
    const lists = bench.arena.bytes(bytes + 16);
    lists.fill(behind % 256, bytes);
    expect(kernels.listInputs(source, first, count, 40, lists.byteOffset), `${count}`).toBe(fits);
    expect(new Set(lists.subarray(bytes))).toEqual(new Set([behind % 256]));
  }
});

test.each([1, 3, 4, 5, 10, 33])('labels of %i numbers, a row a sample or a row a class', async (labels) => {
  for (const classes of [0, 10]) {
    const { bench, kernels, source, y } = await setUp(3, 1, 0, labels, classes);
    const out = bench.block(100, labels);
    kernels.loadTargets(source, first, 100, labels, out.address);
    expect(largestError(out, y)).toBe(0);
    expect(out.isPadded()).toBe(true);
  }
});
