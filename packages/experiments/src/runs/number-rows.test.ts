import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadOwnData } from '@apical/data';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../data/test/support/folder.ts';
import { writeTensors } from '../../../data/test/tensors.ts';
import { ownRows, preparedRows } from './number-rows.ts';

test('samples of bfloat16 are the same as those of the same numbers as float32, however they are prepared', async () => {
  const folder = await temporaryFolder();
  const count = 50;
  // Numbers of many sizes, subnormal ones among them.
  const bits = Uint16Array.from({ length: 4 * count }, (_, i) => ((i * 7919) % 0x4400) | ((i % 2) << 15));
  const words = Uint32Array.from(bits, (each) => each << 16);
  const y = { dtype: 'U8', shape: [count], bytes: Uint8Array.from({ length: count }, (_, i) => i % 3) };
  const read = async (dtype: string, { buffer }: Uint16Array | Uint32Array) => {
    const path = join(folder, `${dtype}.safetensors`);
    const x = { dtype, shape: [count, 4], bytes: new Uint8Array(buffer) };
    writeFileSync(path, writeTensors({ x, y }));
    return ownRows(await loadOwnData({ path: `${path}:x`, target: 'y', holdOut: 0.2 }));
  };
  const [halves, floats] = [await read('BF16', bits), await read('F32', words)];
  for (const inputs of ['raw', 'unit', 'unit-length', 'standardised', 'columns', 'centred'] as const) {
    const data = { set: 'x', split: 'train', shuffle: 1, first: 30, inputs, labels: 'one-hot' } as const;
    for (const split of [undefined, 'train', 'test'] as const) {
      expect(preparedRows(halves, data, split)).toEqual(preparedRows(floats, data, split));
    }
  }
});
