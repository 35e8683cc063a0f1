import { expect, test } from 'vitest';
import { createMemory, RandomStream } from '../../src/index.ts';
import { instantiateKernels } from '../../src/kernels/kernels.ts';
import { Arena } from '../../src/kernels/memory.ts';
import { hashOfName } from '../../src/random/stream.ts';

test.each([
  ['normal', 0, 0, 1],
  ['normal', 0, 12_345, 0.3],
  ['uniform', 1, 7, 0.05],
  ['uniform', 1, 2 ** 33 + 1, 2],
] as const)('%s deviates are those of the random stream, to the bit', async (_, kind, first, size) => {
  const arena = new Arena(createMemory());
  const kernels = await instantiateKernels(arena.memory);
  for (const seed of [0, 3, 2 ** 40 + 5]) {
    for (const [count, cells] of [
      [1, 1],
      [3, 5],
      [50, 40],
    ] as const) {
      const stride = Math.ceil(cells / 4) * 4;
      const out = arena.float32(count * stride);
      const { low, high } = hashOfName('noise test');
      kernels.fillNoise(kind, seed, low, high, first, size, out.byteOffset, count, cells, stride);
      const stream = new RandomStream(seed, 'noise test');
      stream.position = 2 * first;
      for (let s = 0; s < count; s++) {
        for (let i = 0; i < stride; i++) {
          const drawn = i < cells ? (kind === 0 ? stream.normal() : 2 * stream.uniform() - 1) : 0;
          expect(out[s * stride + i]).toBe(Math.fround(size * drawn));
        }
      }
    }
  }
});
