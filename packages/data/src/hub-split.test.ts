import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { expect, test } from 'vitest';
import { blob, writeParquet } from '../test/duckdb.ts';
import { temporaryFolder } from '../test/support/folder.ts';
import { place, smallArchivedSet, smallSet } from '../test/support/small-set.ts';
import { loadSplit } from './load.ts';
import type { DataSet } from './registry/data-set.ts';
import { hubSplit } from './registry/hub.ts';

/** Rows as SQL, each an image in PNG in a structure, as the Hub has them, and labels. */
function rowsOf(
  images: readonly Uint8Array[],
  name: string,
  labels: readonly Readonly<Record<string, number>>[],
): string {
  const columns = images.map((png, i) => {
    const numbers = Object.entries(labels[i]!).map(([label, value]) => `${value}::BIGINT AS ${label}`);
    return `SELECT { 'bytes': ${blob(png)}, 'path': NULL } AS ${name}, ${numbers.join(', ')}`;
  });
  return columns.join(' UNION ALL ');
}

async function put(folder: string, where: string, split: 'train' | 'test', sql: string): Promise<void> {
  await mkdir(join(folder, where), { recursive: true });
  await copyFile(await writeParquet(sql), join(folder, where, `${split}-00000-of-00001.parquet`));
}

test.each(['small', 'small/small', 'datasets/Small'])(
  'images of the Hub are read from %s as the files they come from, sums included',
  async (where) => {
    const { set, pixels, contents } = smallSet();
    const others = { others: [hubSplit('test')] };
    const onHub: DataSet = { ...set, files: set.files.map((file) => ({ ...file, ...others })) };
    const [official, folder] = [await temporaryFolder(), await temporaryFolder()];
    await place(official, set, contents);
    const images = [0, 1, 2, 3].map((i) =>
      encode({ width: 3, height: 2, channels: 1, data: pixels.slice(6 * i, 6 * i + 6) }),
    );
    const labels = [2, 0, 1, 2].map((label) => ({ label }));
    await put(folder, where, 'test', rowsOf(images, 'image', labels));
    expect(await loadSplit(onHub, 'test', folder)).toEqual(await loadSplit(set, 'test', official));
    // Others than the official ones are refused.
    await put(folder, where, 'test', rowsOf(images.toReversed(), 'image', labels));
    await expect(loadSplit(onHub, 'test', folder)).rejects.toThrow('this is not the official file');
  },
);

test('batches of CIFAR are rows of one file of the Hub', async () => {
  const { set, contents } = smallArchivedSet();
  const rows = { 'one.bin': [0, 2], 'two.bin': [2, 4] } as Readonly<Record<string, [number, number]>>;
  const onHub: DataSet = {
    ...set,
    folders: ['cifar10'],
    files: set.files.map((file) => ({ ...file, others: [hubSplit(file.split, rows[file.name])] })),
  };
  const [official, folder] = [await temporaryFolder(), await temporaryFolder()];
  await place(official, set, contents);
  for (const split of ['train', 'test'] as const) {
    const records = set.files
      .filter((file) => file.split === split)
      .flatMap(({ name }) => {
        const bytes = contents[name as keyof typeof contents];
        return Array.from({ length: bytes.length / 3073 }, (_, i) => bytes.subarray(3073 * i, 3073 * (i + 1)));
      });
    const images = records.map((record) => {
      // Of each pixel its red, green and blue, which the records have apart.
      const data = Uint8Array.from({ length: 3072 }, (_, i) => record[1 + (i % 3) * 1024 + Math.floor(i / 3)]!);
      return encode({ width: 32, height: 32, channels: 3, data });
    });
    await put(
      folder,
      'cifar10/plain_text',
      split,
      rowsOf(
        images,
        'img',
        records.map((record) => ({ label: record[0]! })),
      ),
    );
  }
  for (const split of ['train', 'test'] as const) {
    expect(await loadSplit(onHub, split, folder)).toEqual(await loadSplit(set, split, official));
  }
});
