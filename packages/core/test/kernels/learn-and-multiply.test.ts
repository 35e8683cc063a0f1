import { expect, test } from 'vitest';
import { productScratchBytes } from '../../src/kernels/product-kernels.ts';
import { Bench, ways } from './blocks.ts';

test.each(ways)(
  'W + left rightᵀ, and then W in, in one pass has the bits of one after the other: $way',
  async (way) => {
    for (const [rows, columns] of [
      [1, 4],
      [3, 33],
      [4, 16],
      [10, 258],
      [67, 300],
    ] as const) {
      // Numbers of `left`, and of `right`, that are not zero, in parts of all.
      for (const [share, rightShare] of [
        [0, 1],
        [0.1, 1],
        [0.5, 0.5],
        [0.9, 1],
        [1, 1],
        [1, 0],
      ] as const) {
        const bench = await Bench.create(rows + columns, way);
        const { kernels } = bench;
        const some = (share: number) => () => (Math.abs(bench.normal()) < 0.674 * 2 * share ? bench.normal() : 0);
        const [left, right] = [bench.block(1, rows, some(share)), bench.block(1, columns, some(rightShare))];
        const [input, apart, together] = [bench.block(1, columns), bench.block(1, rows), bench.block(1, rows)];
        const weights = bench.matrix(rows, columns);
        const changed = bench.matrix(rows, columns, (i, j) => weights.at(i, j));
        const scratch = bench.arena.allocate(productScratchBytes(rows, columns, 1));
        const sizes = [rows, columns] as const;
        kernels.addOuterProducts(weights.address, ...sizes, left.address, right.address, 1, 1, scratch);
        kernels.multiplyMatrix(weights.address, ...sizes, input.address, 1, apart.address, scratch);
        const ends = [left.address, right.address, input.address, together.address] as const;
        kernels.learnAndMultiply(changed.address, ...sizes, ...ends, scratch);
        expect(changed.data).toEqual(weights.data);
        expect(together.data).toEqual(apart.data);
      }
    }
  },
);
