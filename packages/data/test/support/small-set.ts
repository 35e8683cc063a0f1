import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DataFile, DataSet } from '../../src/registry/data-set.ts';

/** Writes an IDX file of unsigned bytes. */
export function idx(dimensions: readonly number[], values: ArrayLike<number>): Uint8Array {
  const header = 4 + 4 * dimensions.length;
  const bytes = new Uint8Array(header + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x0800 + dimensions.length);
  dimensions.forEach((size, i) => {
    view.setUint32(4 + 4 * i, size);
  });
  bytes.set(values, header);
  return bytes;
}

/** Writes one file of a ustar archive: header, content, padding. */
export function tarEntry(path: string, content: Uint8Array): Buffer {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write('0000644\0'.repeat(3), 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write('        0', 148);
  header.write('ustar\x0000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

export function tar(entries: Record<string, Uint8Array>): Buffer {
  const blocks = Object.entries(entries).map(([path, content]) => tarEntry(path, content));
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

export function describeFile(
  name: string,
  form: DataFile['form'],
  count: number,
  bytes: Uint8Array,
  split: DataFile['split'] = 'test',
): DataFile {
  return { name, split, form, count, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** A data set of four images of 2 × 3 pixels and three classes, and the content of its files. */
export function smallSet(classes: readonly number[] = [2, 0, 1, 2]) {
  const pixels = Uint8Array.from({ length: classes.length * 6 }, (_, i) => (i * 37) % 256);
  const images = idx([classes.length, 2, 3], pixels);
  const labels = idx([classes.length], classes);
  const set: DataSet = {
    name: 'small',
    title: 'A small set',
    homepage: 'https://example.org/',
    licence: 'none',
    source: { address: 'https://example.org/' },
    shape: { height: 2, width: 3, channels: 1 },
    classNames: ['a', 'b', 'c'],
    files: [
      describeFile('images', 'idx-images', classes.length, images),
      describeFile('labels', 'idx-labels', classes.length, labels),
    ],
  };
  return { set, pixels, contents: { images, labels } };
}

/** A data set of CIFAR-10's form in a tar.gz archive: two train files of two images, and a test file of one. */
export function smallArchivedSet() {
  const record = (seed: number) =>
    Uint8Array.from({ length: 3073 }, (_, i) => (i === 0 ? seed % 10 : (i * seed) % 251));
  const contents = {
    'one.bin': Buffer.concat([record(1), record(2)]),
    'two.bin': Buffer.concat([record(3), record(4)]),
    'test.bin': record(5),
  };
  const set: DataSet = {
    ...smallSet().set,
    name: 'small-archived',
    source: { address: 'https://example.org/', archive: { name: 'all.tar.gz', folder: 'data', bytes: 100_000 } },
    shape: { height: 32, width: 32, channels: 3 },
    classNames: [...'0123456789'],
    files: [
      describeFile('one.bin', 'cifar-10', 2, contents['one.bin'], 'train'),
      describeFile('two.bin', 'cifar-10', 2, contents['two.bin'], 'train'),
      describeFile('test.bin', 'cifar-10', 1, contents['test.bin']),
    ],
  };
  const entries = Object.entries(contents).map(([name, bytes]) => [`data/${name}`, bytes] as const);
  const archive = gzipSync(tar({ 'data/readme.html': Buffer.from('read me'), ...Object.fromEntries(entries) }));
  return { set, contents, archive };
}

/** Puts files of a data set into a data folder, as they are. */
export async function place(directory: string, set: DataSet, files: Record<string, Uint8Array>): Promise<void> {
  await mkdir(join(directory, set.name), { recursive: true });
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(directory, set.name, name), bytes);
}
