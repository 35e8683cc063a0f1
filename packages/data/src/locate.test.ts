import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, gunzipSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../test/support/folder.ts';
import { py2Batch } from '../test/support/pickle.ts';
import { describeFile, idx, smallArchivedSet, smallSet } from '../test/support/small-set.ts';
import { shippedDirectory } from './directory.ts';
import { readIdx } from './formats/idx.ts';
import { writeNpz } from './formats/npz.ts';
import { listDataSets } from './list.ts';
import { loadImages, loadSplit } from './load.ts';
import { locate } from './locate.ts';
import type { DataSet } from './registry/data-set.ts';
import { findDataSet } from './registry/registry.ts';
import { verifyFile } from './verify.ts';

const names = ['t10k-images-idx3-ubyte', 't10k-labels-idx1-ubyte'] as const;

/** Puts the test files of MNIST or its like into a folder, by the names that are given to them there. */
async function put(set: string, folder: string, nameOf: (name: string) => string, gzipped: boolean): Promise<void> {
  for (const name of names) {
    const from = join(shippedDirectory, set, `${name}.gz`);
    const to = join(folder, nameOf(name));
    await mkdir(join(to, '..'), { recursive: true });
    if (gzipped) await copyFile(from, to);
    else await writeFile(to, gunzipSync(await readFile(from)));
  }
}

/** Where the test images of a data set are, from the folder. */
async function placesOf(set: string, folder: string): Promise<(string | undefined)[]> {
  const { files } = findDataSet(set);
  const found = await Promise.all(
    files.filter(({ split }) => split === 'test').map((file) => locate(findDataSet(set), file, folder)),
  );
  return found.map((location) => (location?.place === 'folder' ? location.path.slice(folder.length + 1) : undefined));
}

/** The test images, their pixels by a checksum. */
async function imagesIn(set: string, directory: string): Promise<object> {
  const { pixels, ...others } = await loadImages({ set, split: 'test', directory });
  return { ...others, pixels: crc32(pixels) };
}

// torchvision: MNIST/raw, FashionMNIST/raw; Keras: datasets/fashion-mnist; unpackers: a dot for the dash, a folder for the file.
test.each([
  ['mnist', 'MNIST/raw', (name: string) => name, false],
  ['mnist', 'MNIST/raw', (name: string) => `${name}.gz`, true],
  ['mnist', 'mnist', (name: string) => name.replace('-idx', '.idx'), false],
  ['mnist', 'mnist', (name: string) => `${name.replace('-idx', '.idx')}.gz`, true],
  ['mnist', 'mnist', (name: string) => name, true],
  ['mnist', 'mnist/MNIST/raw', (name: string) => name, false],
  ['mnist', 'mnist', (name: string) => `${name}/${name}`, false],
  ['mnist', 'MNIST', (name: string) => `${name}/${name.replace('-idx', '.idx')}`, false],
  ['mnist', 'raw', (name: string) => name, false],
  ['mnist', '.', (name: string) => `${name}.gz`, true],
  ['fashion-mnist', 'FashionMNIST/raw', (name: string) => name, false],
  ['fashion-mnist', 'datasets/fashion-mnist', (name: string) => `${name}.gz`, true],
  ['fashion-mnist', 'fashion_mnist', (name: string) => `${name}.gz`, true],
  ['fashion-mnist', '.', (name: string) => name, false],
] as const)('%s is found in %s (case %#)', async (set, where, nameOf, gzipped) => {
  const folder = await temporaryFolder();
  await put(set, join(folder, where), nameOf, gzipped);
  expect(await placesOf(set, folder)).toEqual(names.map((name) => join(where, nameOf(name))));
  expect(await imagesIn(set, folder)).toEqual(await imagesIn(set, await temporaryFolder()));
  // The other set's files have the same names, and are not taken for these.
  const other = set === 'mnist' ? 'fashion-mnist' : 'mnist';
  expect(await placesOf(other, folder)).toEqual([undefined, undefined]);
});

test('the folder of the files themselves may be named, and one behind a link', async () => {
  const folder = await temporaryFolder();
  await put('fashion-mnist', join(folder, 'FashionMNIST/raw'), (name) => name, false);
  expect(await placesOf('fashion-mnist', join(folder, 'FashionMNIST/raw'))).toEqual(names);
  expect(await placesOf('fashion-mnist', join(folder, 'FashionMNIST'))).toEqual(names.map((name) => `raw/${name}`));
  const linked = await temporaryFolder();
  await symlink(join(folder, 'FashionMNIST'), join(linked, 'fashionmnist'));
  expect(await placesOf('fashion-mnist', linked)).toEqual(names.map((name) => `fashionmnist/raw/${name}`));
});

test('both sets of torchvision in one folder, each by its own', async () => {
  const folder = await temporaryFolder();
  await put('mnist', join(folder, 'MNIST/raw'), (name) => name, false);
  await put('fashion-mnist', join(folder, 'FashionMNIST/raw'), (name) => name, false);
  const listed = await listDataSets(folder);
  expect(listed.filter(({ available }) => available.includes('test')).map(({ name }) => name)).toEqual([
    'mnist',
    'fashion-mnist',
  ]);
  expect((await placesOf('mnist', folder))[0]).toBe('MNIST/raw/t10k-images-idx3-ubyte');
});

test("Keras' mnist.npz is read as the files that it was made of, sums included", async () => {
  const [images, labels] = await Promise.all(
    names.map(async (name) => readIdx(gunzipSync(await readFile(join(shippedDirectory, 'mnist', `${name}.gz`))), name)),
  );
  const arrays = {
    x_test: { shape: images!.dimensions, data: images!.values },
    y_test: { shape: labels!.dimensions, data: labels!.values },
  };
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'datasets'));
  const path = join(folder, 'datasets', 'mnist.npz');
  await writeFile(path, writeNpz(arrays));
  expect(await imagesIn('mnist', folder)).toEqual(await imagesIn('mnist', await temporaryFolder()));
  const [file] = findDataSet('mnist').files.filter(({ split }) => split === 'test');
  expect(await verifyFile(findDataSet('mnist'), file!, folder)).toMatchObject({ status: 'official', path });
  await expect(loadImages({ set: 'mnist', split: 'train', directory: folder })).rejects.toThrow('has no array x_train');
  await writeFile(path, writeNpz({ ...arrays, x_test: { ...arrays.x_test, data: images!.values.map((p) => p ^ 1) } }));
  await expect(loadImages({ set: 'mnist', split: 'test', directory: folder })).rejects.toThrow('not the official file');
});

/** The small set of CIFAR's form, as Python's version of the set has it. */
function pickled(set: DataSet): DataSet {
  return {
    ...set,
    name: 'cifar-10',
    folders: ['cifar-10-batches-bin', 'cifar-10-batches-py'],
    files: set.files.map((file) => ({
      ...file,
      others: [{ name: file.name.replace('.bin', '_1'), form: 'pickle' as const }],
    })),
  };
}

test.each(['cifar-10-batches-py', 'cifar-10/cifar-10-batches-py', 'datasets/cifar-10-batches-py', '.'])(
  "CIFAR's pickled batches are read from %s as the binary files, sums included",
  async (where) => {
    const { set, contents } = smallArchivedSet();
    const folder = await temporaryFolder();
    await mkdir(join(folder, where), { recursive: true });
    for (const [name, records] of Object.entries(contents)) {
      await writeFile(join(folder, where, name.replace('.bin', '_1')), py2Batch(records));
    }
    const official = await temporaryFolder();
    await mkdir(join(official, 'cifar-10-batches-bin'));
    for (const [name, records] of Object.entries(contents))
      await writeFile(join(official, 'cifar-10-batches-bin', name), records);
    for (const split of ['train', 'test'] as const) {
      expect(await loadSplit(pickled(set), split, folder)).toEqual(await loadSplit(pickled(set), split, official));
    }
  },
);

test.each(['cifar-10-batches-bin', 'cifar-10/cifar-10-batches-bin', 'datasets/cifar-10-batches-bin', 'cifar-10'])(
  'batches of CIFAR, unpacked or not, are found in %s',
  async (where) => {
    const { set, contents } = smallArchivedSet();
    const own = { ...pickled(set), files: set.files };
    const [folder, official] = [await temporaryFolder(), await temporaryFolder()];
    await mkdir(join(folder, where), { recursive: true });
    await mkdir(join(official, own.name));
    for (const [name, records] of Object.entries(contents)) {
      const isPacked = name === 'one.bin';
      await writeFile(join(folder, where, isPacked ? `${name}.gz` : name), isPacked ? gzipSync(records) : records);
      await writeFile(join(official, own.name, name), records);
    }
    for (const split of ['train', 'test'] as const) {
      expect(await loadSplit(own, split, folder)).toEqual(await loadSplit(own, split, official));
    }
  },
);

test('of files whose sums are not known, the form is checked, and that is said', async () => {
  const { set, contents, pixels } = smallSet();
  const unknown = { ...set, files: set.files.map(({ sha256: _, ...file }) => file) };
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'small'));
  for (const [name, bytes] of Object.entries(contents)) await writeFile(join(folder, 'small', name), bytes);
  const { notes, ...images } = await loadSplit(unknown, 'test', folder);
  expect(images.pixels).toEqual(pixels);
  expect(notes).toEqual(
    ['images', 'labels'].map((name) => `small/${name}: length and header are right; no SHA-256 sum of it is known`),
  );
  expect(await verifyFile(unknown, unknown.files[0]!, folder)).toMatchObject({ status: 'unverified' });
});

test('a gzipped file is known by its own sum, where only that is known; packed otherwise it is not', async () => {
  const { set, contents } = smallSet();
  const packed = gzipSync(contents.images);
  const { sha256: gzipSha256 } = describeFile('', 'idx-images', 0, packed);
  const [{ sha256: _, ...images }, labels] = [set.files[0]!, set.files[1]!];
  const known = { ...set, files: [{ ...images, ...(gzipSha256 && { gzipSha256 }) }, labels] };
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'small'));
  await writeFile(join(folder, 'small', 'labels'), contents.labels);
  await writeFile(join(folder, 'small', 'images.gz'), packed);
  expect((await loadSplit(known, 'test', folder)).notes).toBeUndefined();
  await writeFile(join(folder, 'small', 'images.gz'), gzipSync(contents.images, { level: 0 }));
  expect((await loadSplit(known, 'test', folder)).notes).toEqual([
    'small/images: length and header are right; a SHA-256 sum is known of the official .gz only',
  ]);
});

test('EMNIST’s images stand by columns, and its letters begin at 1; QMNIST’s labels are rows', async () => {
  const pixels = Uint8Array.from({ length: 12 }, (_, i) => i);
  const { set } = smallSet();
  const rows = new Uint8Array(12 + 2 * 3 * 4);
  const view = new DataView(rows.buffer);
  for (const [i, value] of [0x0c02, 2, 3, 2, 7, 7, 1, 9, 9].entries()) view.setUint32(4 * i, value);
  const files = {
    images: describeFile('images', 'idx-transposed-images', 2, idx([2, 2, 3], pixels)),
    letters: { ...describeFile('letters', 'idx-labels', 2, idx([2], [1, 3])), firstClass: 1 },
    rows: describeFile('rows', 'idx-label-rows', 2, rows),
  };
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'small'));
  await writeFile(join(folder, 'small', 'images'), idx([2, 2, 3], pixels));
  await writeFile(join(folder, 'small', 'letters'), idx([2], [1, 3]));
  await writeFile(join(folder, 'small', 'rows'), rows);
  const letters = await loadSplit({ ...set, files: [files.images, files.letters] }, 'test', folder);
  expect([...letters.pixels]).toEqual([0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11]);
  expect([...letters.classes]).toEqual([0, 2]);
  expect([...(await loadSplit({ ...set, files: [files.images, files.rows] }, 'test', folder)).classes]).toEqual([2, 1]);
  await writeFile(join(folder, 'small', 'letters'), idx([2], [0, 3]));
  const wrong = { ...files.letters, ...describeFile('letters', 'idx-labels', 2, idx([2], [0, 3])) };
  await expect(loadSplit({ ...set, files: [files.images, wrong] }, 'test', folder)).rejects.toThrow(
    'label 0 at place 0; small has classes 1 to 3',
  );
});
