import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeImages, fileNames } from './decode-files.ts';
import { shippedDirectory } from './directory.ts';
import { loadImages } from './load.ts';

async function shippedFiles(): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const names = fileNames('mnist', 'test');
  const contents = names.map((name) => readFile(`${shippedDirectory}/mnist/${name}.gz`));
  const bytes = (await Promise.all(contents)).map((gzipped) => Uint8Array.from(gunzipSync(gzipped)));
  return new Map(names.map((name, i) => [name, bytes[i]!]));
}

test('files in memory give the images that files on disk give', async () => {
  expect(await decodeImages('mnist', 'test', await shippedFiles())).toEqual(
    await loadImages({ set: 'mnist', split: 'test' }),
  );
});

test('files that are missing, cut or changed are refused', async () => {
  const files = await shippedFiles();
  const [images = '', labels = ''] = fileNames('mnist', 'test');
  const other = (name: string, bytes: Uint8Array<ArrayBuffer>) =>
    decodeImages('mnist', 'test', new Map([...files, [name, bytes]]));
  await expect(decodeImages('mnist', 'test', new Map())).rejects.toThrow(`mnist/${images}: is missing`);
  await expect(other(labels, files.get(labels)!.slice(0, -1))).rejects.toThrow('the file is incomplete');
  await expect(other(labels, files.get(labels)!.slice().fill(3, 20, 30))).rejects.toThrow('SHA-256 sum');
  await expect(decodeImages('mnits', 'test', files)).rejects.toThrow('unknown data set "mnits"');
});
